"""`/watch`: to be told when an answer changes, in an account or by e-mail, and to stop that.

What a link in a letter does is done by a POST from the page that it opens: programs that look at every link of a letter
confirm nothing and stop nothing. A mail program's own button sends that POST itself (RFC 8058), without a session.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kb.alerts import told
from kb.alerts.letters import question_letter
from kb.alerts.post import NotKnownError, posting
from kb.desk import Desk
from kb.errors import MailError, SettingsError, TooManyLettersError, WatchError
from kb.search import Query
from kb.settings import MailSettings
from kb.store.watching import Asked, Tell, Watching
from web.atom import NOTHING, atom
from web.letters import confirm_link, in_words, links, parameters, query_of, question_of
from web.port import KnowledgeBase
from web.urls import address, to_parameters
from web.visitor import needs, place, visitor

_EVENTS = 50  # of a feed
_PATIENCE = 10.0  # seconds that a reader waits for the mail server
_LATER = "The letter could not be sent. Nothing is watched yet. Try again later."


def blueprint(kb: KnowledgeBase, desk: Desk) -> Blueprint:
    """The pages over what is watched."""
    watching = desk.watching
    pages = Blueprint("watch", __name__)

    def page(query: Query, wrong: str | None = None, asked: str | None = None) -> str:
        return _page(kb, desk, query, wrong=wrong, asked=asked)

    @pages.get("/watch", endpoint="page")
    def shown() -> AnyResponse | str:
        query = question_of(request.args.items(multi=True))
        if to_parameters(query) != tuple(request.args.items(multi=True)):
            return redirect(address(url_for("watch.page"), query))
        return page(query)

    @pages.post("/watch")
    @needs("curator")
    def begin() -> AnyResponse | tuple[str, int]:
        query = _sent()
        try:
            watching.watch(
                visitor(), parameters(query), in_words(query, kb.vocabulary), kb.remembered(query), _teller(kb)
            )
        except WatchError as error:
            return page(query, wrong=str(error)), 400
        return redirect(url_for("account.mine", _anchor="watched"), 303)

    @pages.post("/watch/letter")
    def ask() -> str | tuple[str, int] | tuple[str, int, dict[str, str]]:
        query, to = _sent(), request.form.get("address", "").strip(" ")
        if desk.mail is None:
            return page(query, wrong="No letters are sent from here."), 400
        name, origin = in_words(query, kb.vocabulary), place()
        try:
            asked = watching.ask(to, parameters(query), name, g.visitor, origin)
            _send(asked, desk, desk.mail)
        except TooManyLettersError as error:
            return page(query, wrong=str(error)), 429, {"Retry-After": str(int(error.wait.total_seconds()))}
        except WatchError as error:
            return page(query, wrong=str(error)), 400
        except (MailError, SettingsError) as error:
            current_app.logger.error("a letter was not sent: %s", error)
            return page(query, wrong=_LATER), 503
        return page(query, asked=asked.address)

    _of_links(pages, kb, watching)
    _feed(pages, kb, watching)
    return pages


def _of_links(pages: Blueprint, kb: KnowledgeBase, watching: Watching) -> None:
    """The pages that letters lead to, and the button of an account that does the same."""

    @pages.get("/watch/confirm/<secret>")
    def confirm(secret: str) -> Response:
        found = watching.awaiting(secret)
        return _link_page("confirm", found.question.name if found else None, 200 if found else 410)

    @pages.post("/watch/confirm/<secret>")
    def confirmed(secret: str) -> Response:
        found = watching.awaiting(secret)
        if found is None:
            return _link_page("confirm", None, 410)
        watching.confirm(secret, kb.remembered(query_of(found.question.query)), _teller(kb))
        return _link_page("confirmed", found.question.name, 200)

    @pages.get("/watch/stop/<secret>")
    def stop(secret: str) -> Response:
        found = watching.stoppable(secret)
        return _link_page("stop" if found else "stopped", found.question.name if found else None, 200)

    @pages.post("/watch/stop/<secret>")
    def stopped(secret: str) -> Response:
        found = watching.stop(secret)
        return _link_page("stopped", found.question.name if found else None, 200)

    @pages.post("/account/watches/<int:id>/stop")
    @needs("curator")
    def stop_own(id: int) -> AnyResponse:
        watching.stop_own(visitor(), id)
        return redirect(url_for("account.mine", _anchor="watched"), 303)


def _feed(pages: Blueprint, kb: KnowledgeBase, watching: Watching) -> None:
    @pages.get("/feeds/changes.atom")
    def changes() -> AnyResponse:
        """What became of the answer to a question, as far as somebody watches it; who does is not told."""
        query = question_of(request.args.items(multi=True))
        if to_parameters(query) != tuple(request.args.items(multi=True)):
            return redirect(address(url_for("watch.changes"), query))
        events = watching.events(parameters(query), _EVENTS)
        feed = render_template(
            "changes_atom.xml",
            name=in_words(query, kb.vocabulary),
            events=events,
            updated=events[0].at if events else NOTHING,
            answer_url=address(url_for("search.results", _external=True), query),
            url=address(url_for("watch.changes", _external=True), query),
        )
        return atom(feed)


def _page(kb: KnowledgeBase, desk: Desk, query: Query, *, wrong: str | None, asked: str | None) -> str:
    own = desk.watching.of(visitor()) if g.visitor else ()
    return render_template(
        "watch.html",
        name=in_words(query, kb.vocabulary),
        kept=parameters(query),
        answer_url=address(url_for("search.results"), query),
        changes_url=address(url_for("watch.changes"), query),
        answers_url=address(url_for("feeds.answers"), query),
        mine=any(each.question.query == parameters(query) and not each.address for each in own),
        by_mail=desk.mail is not None,
        wrong=wrong,
        asked=asked,
    )


def _teller(kb: KnowledgeBase) -> Tell:
    """What of a changed answer is worth telling."""
    return lambda old, new: told(old, new, kb.publications, kb.vocabulary)


def _sent() -> Query:
    """The question that a form is about."""
    return question_of(parse_qsl(request.form.get("question", "")))


def _send(asked: Asked, desk: Desk, mail: MailSettings) -> None:
    confirm = confirm_link(asked.confirm, mail) if asked.confirm else None
    to = links(asked.question.query, asked.stop, mail)
    letter = question_letter(asked.address, asked.question.name, confirm, to, mail, desk.clock())
    with posting(mail, _PATIENCE) as post:
        try:
            post.send(letter, asked.address)
        except NotKnownError:
            current_app.logger.warning("whether a letter was sent is not known")


def _link_page(state: str, name: str | None, status: int) -> Response:
    """A page that a secret opens; nobody keeps it."""
    response = make_response(render_template("watch_link.html", state=state, name=name), status)
    response.headers["Cache-Control"] = "no-store"
    return response
