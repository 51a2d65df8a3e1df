"""Every page in every state is sound HTML: over invented publications, which show every case, and over the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.base import open_kb
from kb.rights import Policy
from tests.web.invented import INVENTED, InventedKnowledgeBase, corrected
from tests.web.markup import problems
from web import create_app

PUBLICATIONS = tuple(f"/publications/{each.id}" for each in INVENTED)
SEARCHES = (
    "/search",
    "/search?q=massage",
    "/search?q=massage%3F",
    "/search?q=FMS+massage",
    "/search?q=FMS+massage&literal=1",
    "/search?q=massage&design=rct&sort=newest",
    "/search?q=massage&page=2",
    "/search?q=FMS+astronauts&year=2011",
    "/search?q=zzz&literal=1",
    "/search?q=%3Cb%3E%22%26amp%3B",
)
TOPICS = ("/topics", "/topics/fibromyalgia", "/topics/massage", "/topics/pain", "/topics/cortisol")
BRIEFS = ("/brief", "/brief?q=massage", "/brief?condition=fibromyalgia&design=rct", "/brief?q=astronauts")
FAULTS = {"/absent": 404, "/publications/absent": 404, "/topics/absent": 404}
CURATED = (
    "/",
    "/about",
    *("/search", "/search?q=does+massage+help+people+with+fibromyalgia+sleep%3F", "/search?q=massage&page=2"),
    *("/search?q=massage&design=rct", "/search?q=reiki+for+astronauts", "/search?q=masage", "/search?q=massage+-pain"),
    *("/topics", "/topics/fibromyalgia", "/topics/fibromyalgia?outcome=sleep", "/topics/massage_unspecified"),
    *("/topics/pain", "/topics/reiki", "/topics/cortisol", "/brief?condition=fibromyalgia", "/brief?q=astronauts"),
)

PAGE = """<!doctype html><html lang="en"><head><title>A page</title></head><body>
<h1>Weavers</h1><h2 id="two">Looms</h2><p id="three">Text <a href="#two">on</a> and <img src="a.svg" alt=""></p>
<form><label for="q">Ask</label><input id="q" name="q" aria-describedby="three"><button>Go</button></form>
</body></html>"""


@pytest.mark.parametrize("url", ["/", "/about", *PUBLICATIONS, *SEARCHES, *TOPICS, *BRIEFS, *FAULTS])
def test_every_page_is_sound(pages: FlaskClient, url: str) -> None:
    answer = pages.get(url)
    assert answer.status_code == FAULTS.get(url, 200)
    assert problems(answer.text) == []


@pytest.mark.parametrize("url", CURATED)
def test_every_page_over_the_corpus_is_sound(curated: FlaskClient, url: str) -> None:
    assert problems(curated.get(url).text) == []


def test_every_curated_publication_is_sound(
    curated: FlaskClient, curated_home: Path, passed_over: frozenset[str]
) -> None:
    kb = open_kb(curated_home)
    held = [each for each in kb.publications() if each.id not in passed_over]
    kb.close()
    ids = [each.id for each in held]
    assert {each.only_cited for each in held} == {True, False}
    assert len(ids) > 20
    assert {id: found for id in ids if (found := problems(curated.get(f"/publications/{id}").text))} == {}


@pytest.mark.parametrize("policy", ["full", "excerpt", "link_only"])
def test_a_page_with_everything_beside_it_is_sound(policy: Policy) -> None:
    related = {INVENTED[1].id: (("version", "corrected"), ("study", INVENTED[2].id))}
    held = (*INVENTED, corrected("corrected"))
    pages = create_app(InventedKnowledgeBase(held, policy=policy, related=related)).test_client()  # type: ignore[arg-type]
    assert [problems(pages.get(f"/publications/{each.id}").text) for each in held] == [[]] * len(held)


@pytest.mark.parametrize(("url", "status"), [("/", 503), ("/search?q=massage", 503), (PUBLICATIONS[0], 200)])
def test_a_page_without_an_index_is_sound(url: str, status: int) -> None:
    answer = create_app(InventedKnowledgeBase(index=False)).test_client().get(url)
    assert answer.status_code == status
    assert problems(answer.text) == []


@pytest.mark.parametrize("url", ["/", "/search", "/search?q=massage", "/topics", "/brief", "/about"])
def test_a_page_of_an_empty_knowledge_base_is_sound(url: str) -> None:
    assert problems(create_app(InventedKnowledgeBase(())).test_client().get(url).text) == []


def test_a_pager_is_sound() -> None:
    pages = create_app(InventedKnowledgeBase(page=1)).test_client()
    assert [problems(pages.get(f"/search?q=massage{page}").text) for page in ("", "&page=2", "&page=3")] == [[]] * 3


# The check itself


def test_a_sound_page_has_no_problems() -> None:
    assert problems(PAGE) == []


@pytest.mark.parametrize(
    ("sound", "planted", "said"),
    [
        ("<!doctype html>", "", "expected-doctype"),
        ("Text <a", "Text <div></span><a", "unexpected-end-tag"),
        ("Text <a", "Text <ul><li>x</ul></p><a", "unexpected-end-tag"),
        ("Text", "<a href='?a=1&copy=2'>Text</a>", "named-entity-without-semicolon"),
        ("Text", "<b id=x id=y>Text</b>", "duplicate-attribute"),
        ("</h2>", "</h2><table><p>x</p></table>", "table-voodoo"),
        ('id="three"', 'id="two"', "id 'two' stands 2 times"),
        ('href="#two"', 'href="#four"', "leads nowhere: '#four'"),
        ('for="q"', 'for="p"', "for of label leads nowhere: 'p'"),
        ('for="q"', "", "input without a label: q"),
        ('aria-describedby="three"', 'aria-describedby="three 4"', "aria-describedby of input leads nowhere: '4'"),
        ('<h2 id="two">', '<h2 id="two" aria-labelledby="x">', "aria-labelledby of h2 leads nowhere: 'x'"),
        (' alt=""', "", "img without alt: a.svg"),
        ("<h2", "<h1>Again</h1><h2", "2 h1"),
        ("<h1>Weavers</h1>", "", "0 h1"),
        ("</h2>", "</h2><h4>Deep</h4>", "h4 after h2"),
        (">Go<", "><", "button without words"),
        (">on<", "> <", "a without words"),
    ],
)
def test_a_planted_mistake_is_found(sound: str, planted: str, said: str) -> None:
    assert sound in PAGE
    assert said in "; ".join(problems(PAGE.replace(sound, planted)))
