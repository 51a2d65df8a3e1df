"""Bytes to text, and text to the one form in which it is stored.

Files come from many hands: with and without a byte order mark, as UTF-16 from Windows editors, and as
UTF-8 into which somebody pasted Windows-1252. Nothing of such a file is lost: bytes that are no UTF-8
are read as Windows-1252, run by run. What is not text at all is refused by its name.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from ingest.errors import UnreadablePayloadError

# No bibliographic format that is read as text has a longer line; a page pasted as one line has less
# than 100,000 characters. Without the cap one line of a broken file would go through every pattern.
LONGEST_LINE = 1_000_000

_SAVE_AS_TEXT = "Save its text as a plain text file (UTF-8) and import that."
_UNPACK = "Unpack it and import the files inside."
_EXPORT = "Export the records as MEDLINE/NBIB or PubMed XML and import that."

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", _SAVE_AS_TEXT),
    (b"PK\x03\x04", "a zip archive or an Office document", _UNPACK),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0", "an old Office document", _SAVE_AS_TEXT),
    (b"SQLite format 3\x00", "an SQLite database", _EXPORT),
    (b"\x89PNG", "a PNG image", _SAVE_AS_TEXT),
    (b"\xff\xd8\xff", "a JPEG image", _SAVE_AS_TEXT),
    (b"GIF8", "a GIF image", _SAVE_AS_TEXT),
    (b"II*\x00", "a TIFF image", _SAVE_AS_TEXT),
    (b"MM\x00*", "a TIFF image", _SAVE_AS_TEXT),
)

# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SAMPLE = 65_536
_CONTROL_BYTES = bytes({*range(32), 127} - set(b"\t\n\v\f\r"))
_CONTROL_SHARE = 0.02
_NOT_UTF8 = re.compile("[\udc80-\udcff]+")
_LINE_ENDS = ("\r\r\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")  # the first: converted twice
# Control characters, and the marks that show nothing: soft hyphen, zero-width space, byte order mark.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\ufeff]")


def decode(body: bytes, key: str = "input", longest_line: int | None = LONGEST_LINE) -> str:
    """`body` as text: NFC, without control characters, lines ended by `\\n`. `key` names it in errors.

    Raises `UnreadablePayloadError` where it is empty, is no text, or holds a line over `longest_line`; formats
    that need no lines, as JSON, give None.
    """
    refuse_what_is_no_text(body, key, longest_line)
    text = _text(body, key)
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if not text.strip():
        raise UnreadablePayloadError(key, "it is empty", "Check that the download or export was complete.")
    return text


def normalise(text: str) -> str:
    """`text` as it is stored: NFC, no control characters, single spaces, none at the ends."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def utf8_or_windows(body: bytes) -> str:
    """`body` as UTF-8, and as Windows-1252 what of it is none."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _NOT_UTF8.sub(_windows_1252, body.decode("utf-8", "surrogateescape"))


def refuse_what_is_no_text(body: bytes, key: str, longest_line: int | None = LONGEST_LINE) -> None:
    """Raise `UnreadablePayloadError` where `body` is a known binary format or holds a line over `longest_line`."""
    for magic, name, remedy in _MAGIC:
        if body.startswith(magic):
            raise UnreadablePayloadError(key, f"it is {name}, not text", remedy)
    if longest_line is not None and _longest_line_exceeds(body, longest_line):
        raise UnreadablePayloadError(
            key,
            f"it holds a line of more than {longest_line:,} bytes, which no format read here has",
            "Check that the file is what it should be; export it again with its line breaks.",
        )


def _text(body: bytes, key: str) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    order = _unmarked_utf16(body)
    if order is not None:
        return body.decode(order, "replace")
    sample = body[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROL_BYTES)) > _CONTROL_SHARE * len(sample):
        raise UnreadablePayloadError(key, "it is a binary file, not text", _EXPORT)
    return utf8_or_windows(body)


def _unmarked_utf16(body: bytes) -> str | None:
    """UTF-16's byte order as its NULs tell it: in Latin text every second byte is one, the others are not."""
    sample = body[: _SAMPLE & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even <= _CONTROL_SHARE * half:
        return "utf-16-le"
    if even > 0.4 * half and odd <= _CONTROL_SHARE * half:
        return "utf-16-be"
    return None


def _windows_1252(run: re.Match[str]) -> str:
    """A run of bytes that is no UTF-8. The five bytes Windows-1252 leaves open become control characters."""
    raw = run.group().encode("ascii", "surrogateescape")
    return "".join(bytes([each]).decode("cp1252", "ignore") or chr(each) for each in raw)


def _longest_line_exceeds(body: bytes, limit: int) -> bool:
    """Whether any line is longer than `limit` bytes, in a few jumps and without copying the body."""
    start = 0
    while len(body) - start > limit:
        end = max(body.rfind(b"\n", start, start + limit + 1), body.rfind(b"\r", start, start + limit + 1))
        if end < 0:
            return True
        start = end + 1
    return False
