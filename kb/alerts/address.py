"""Whether what somebody typed is an address that a letter can be sent to."""

from __future__ import annotations

from kb.errors import WatchError

_LONGEST = 254  # RFC 5321, 4.5.3.1.3, without the brackets


def checked_address(text: str) -> str:
    """The address in the form in which it is kept and written into a header; raises `WatchError`.

    Whatever could end a header line or name a second recipient is refused, and not mended. The library is imported
    here, where an address comes in: no other page pays for it.
    """
    from email_validator import EmailNotValidError, validate_email

    if len(text) > _LONGEST:
        raise WatchError("This is no e-mail address: it is too long.")
    try:
        checked = validate_email(text, check_deliverability=False, allow_smtputf8=False, allow_display_name=False)
    except EmailNotValidError as error:
        raise WatchError(f"This is no e-mail address that can be written to. {error}") from error
    found = checked.ascii_email
    assert found is not None  # without SMTPUTF8 there always is one
    return found
