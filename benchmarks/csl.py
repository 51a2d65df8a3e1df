"""How a citation in any CSL style compares with what citeproc-js makes of the same item.

    npm install citeproc@2
    python benchmarks/csl.py ITEMS.json --node FOLDER [--every 28] [--most 50]

ITEMS holds items of CSL-JSON, each with an `id`; FOLDER holds `node_modules/citeproc`. Each item goes through our
parser and our CSL-JSON, then through the style by citeproc-py; citeproc-js gets the item as it came. Printed for each
style: how many are the same, italics counted; how many once the differences that are meant are taken away; and each
of these with its number. Styles but Harvard need the extra `styles`.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import citeproc

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ingest.parsers import csl_json as parser  # noqa: E402
from kb.citing import csl  # noqa: E402
from kb.citing.pages import short_pages, whole_pages  # noqa: E402
from kb.exporters import csl_json  # noqa: E402
from kb.exporters.reference import Reference  # noqa: E402
from kb.extraction import Extraction  # noqa: E402
from kb.record import Payload, Record  # noqa: E402
from kb.vocabulary import load_vocabulary  # noqa: E402

STYLES = ("harvard-cite-them-right", "apa", "american-medical-association", "nlm-citation-sequence")
_QUOTES = str.maketrans("“”‘’", "''''")
_JS = r"""
const fs = require("fs"), CSL = require("citeproc");
const [, , style, items, locales, lang] = process.argv;
const made = {};
for (const item of JSON.parse(fs.readFileSync(items))) {
  const file = (each) => `${locales}/locales-${each}.xml`;
  const sys = {
    retrieveLocale: (each) => fs.readFileSync(file(fs.existsSync(file(each)) ? each : "en-US"), "utf8"),
    retrieveItem: () => item,
  };
  const engine = new CSL.Engine(sys, fs.readFileSync(style, "utf8"), lang, true);
  engine.setOutputFormat("html");
  engine.updateItems([item.id]);
  const entry = engine.makeBibliography()[1][0];
  const right = entry.match(/<div class="csl-right-inline">([\s\S]*?)<\/div>/);
  made[item.id] = (right ? right[1] : entry).replace(/<\/?div[^>]*>/g, "").trim();
}
console.log(JSON.stringify(made));
"""


def theirs(style: str, items: Path, node: Path) -> dict[str, str]:
    """What citeproc-js makes of each item, by id, as HTML with italics alone."""
    script, file = node / "touchstone-csl.js", csl.file_of(style)
    script.write_text(_JS)
    try:
        lang = "en-GB" if "harvard" in style else "en-US"
        command = ["node", str(script), str(file), str(items), citeproc.LOCALES_PATH, lang]
        made = subprocess.run(command, check=True, capture_output=True, text=True, cwd=node).stdout
    finally:
        script.unlink()
    return {id: " ".join(html.unescape(each).split()).replace("</i><i>", "") for id, each in json.loads(made).items()}


def ours(style: str, records: dict[str, Record]) -> dict[str, str]:
    """The same by us."""
    cite = csl.named(style)
    items = {id: csl_json.item(Reference(id, each, Extraction(version="1"))) for id, each in records.items()}
    return {
        id: "".join(f"<i>{it.text}</i>" if it.italic else it.text for it in cite(each)) for id, each in items.items()
    }


def meant(js: str, py: str, pages: str) -> tuple[str, ...] | None:
    """The names of the differences without which the two are the same; None where there are others."""
    told: list[str] = []
    if js != (lower := re.sub(r"10\.\d{4,9}/\S+", lambda found: found[0].lower(), js)):
        told.append("DOI in small letters")
    js, quoted = lower.translate(_QUOTES), py.translate(_QUOTES)
    if (js, quoted) != (lower, py) and lower != py:
        told.append("apostrophes and quotation marks as they were stored")
    whole = whole_pages(pages).replace("-", "–")
    if pages and js != quoted:
        for each in (pages.replace("-", "–"), short_pages(whole_pages(pages)).replace("-", "–")):
            js = js.replace(each, whole)
        told.append("pages in full")
    return tuple(told) if js == quoted else None


def main() -> None:
    """Print the comparison of each style."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("items", type=Path)
    options.add_argument("--node", type=Path, required=True)
    options.add_argument("--every", type=int, default=28)
    options.add_argument("--most", type=int, default=50)
    asked = options.parse_args()
    items: list[dict[str, Any]] = json.loads(asked.items.read_bytes())[:: asked.every][: asked.most]
    vocabulary, records = load_vocabulary(), {}
    for each in items:
        payload = Payload(source="file", key=each["id"], body=json.dumps([each]).encode(), fetched_at=datetime.now(UTC))
        (read,) = parser.parse(payload, vocabulary)
        assert isinstance(read, Record)
        records[each["id"]] = read
    pages = {each["id"]: each.get("page", "") for each in items}
    with TemporaryDirectory() as folder:
        chosen = Path(folder) / "items.json"
        chosen.write_text(json.dumps(items))
        for style in STYLES:
            js, py = theirs(style, chosen, asked.node), ours(style, records)
            report(style, [(js[id], py[id], meant(js[id], py[id], pages[id])) for id in records])


def report(style: str, pairs: list[tuple[str, str, tuple[str, ...] | None]]) -> None:
    """Print one style."""
    same = sum(js == py for js, py, _ in pairs)
    equal = sum(why is not None for _, _, why in pairs)
    print(f"{style}: {same} of {len(pairs)} the same, {equal} but for what is meant")
    for why, number in Counter(each for js, py, told in pairs if js != py for each in told or ()).most_common():
        print(f"    {number} {why}")
    for js, py, said in pairs:
        if said is None:
            print(f"    citeproc-js: {js}\n    ours:        {py}")


if __name__ == "__main__":
    main()
