"""Which column of somebody's table holds what: guessed from its header, else from what stands in it.

Every database and screening tool has its own names ("Article Title", "Source title", "Author/s", "Titel"); names are
compared without case, spaces and signs. What no header tells (there may be none) is guessed from the cells: a DOI
looks like one, a year is a year, an abstract is long. The guess is told to the reader wherever something is amiss,
so it can be mended by renaming a column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

Row = Sequence[str]

# By field, the names of its columns, best first: where a cell of the first is empty, the next is asked.
_NAMES: Mapping[str, str] = {
    "title": "title,articletitle,titleprimary,primarytitle,documenttitle,papertitle,studytitle,itemtitle,recordtitle,"
    "titleofarticle,articlename,papername,ti,t1,titel,titre,titulo,titolo,originaltitle,shorttitle",
    "abstract": "abstract,abstractnote,abstracttext,abstracts,notesabstract,abstractenglish,ab,n2,resumen,resume,"
    "resumo,originalabstract",
    "authors": "authorfullnames,authors,author,authornames,authornameslist,authorsprimary,primaryauthors,firstauthors,"
    "authorlist,authorslist,fullauthors,authorsfullname,creators,creator,contributors,au,af,a1,autor,autoren,autores,"
    "auteurs,auteur,autori,verfasser,firstauthor,leadauthor",
    "year": "year,publicationyear,pubyear,publishedyear,yearpublished,yearofpublication,publishyear,py,yr,y1,jahr,"
    "annee,ano,anno,date,publicationdate,pubdate,datepublished,dateofpublication,publisheddate,coverdate,issuedate,"
    "epubdate,published,da,dp,issued",
    "container": "journal,journaltitle,journalname,sourcetitle,publicationtitle,periodicalfull,periodical,"
    "periodicaltitle,fulljournalname,journalbook,containertitle,secondarytitle,titlesecondary,pubtitle,hosttitle,jf,jo,jt,t2,"
    "booktitle,zeitschrift,revue,revista,rivista,venue,publicationvenue,publicationname,publication,so,source",
    "abbreviation": "abbreviatedsourcetitle,periodicalabbrev,journalabbreviation,journalisoabbreviation,"
    "isoabbreviation,journalabbrev,abbreviatedjournal,ta,ji,j9,ja",
    "volume": "volume,vol,volumeno,volumenumber,vl,vi,volumen,band,jahrgang",
    "issue": "issue,issuenumber,issueno,number,no,numero,ip,is,heft,nummer",
    "pages": "pages,page,pagerange,pagenumbers,pagination,pageno,pg,pp,seiten,seite,paginas,pagina",
    "first_page": "startpage,firstpage,pagestart,beginningpage,pagefirst,spage,bp,sp",
    "last_page": "endpage,lastpage,pageend,endingpage,pagelast,otherpages,epage,ep",
    "page_count": "pagecount",
    "article": "artno,articlenumber,articleno,elocationid,elocation,ar",
    "doi": "doi,digitalobjectidentifier,digitalobjectidentifierdoi,articledoi,doinumber,doilink,doiurl,di,aid,lid",
    "pmid": "pmid,pubmedid,medlinepmid,pubmed,pubmednumber,pm",
    "pmcid": "pmcid,pmc,pubmedcentralid",
    "link": "url,urls,link,links,fulltextlink,openurllink,externalurl,articleurl,pubmedlink,ur,l2,l1",
    "registration": "clinicaltrialnumbers,nctnumber,nct,trialregistration,registrationnumber,trialregistrationnumber",
    "language": "language,languageoforiginaldocument,articlelanguage,languages,la,lang,sprache,langue,idioma",
    "types": "publicationtype,documenttype,doctype,itemtype,typeofreference,referencetype,pubtype,dt,pt",
    "keywords": "keywords,authorkeywords,keyword,authorskeywords,manualtags,kw,de,schlagworter,stichworter,motscles,"
    "palabrasclave",
    "headings": "meshterms,mesh,meshheadings,subjects,subject,subjectheadings,indexkeywords,indexterms,"
    "emtreemedicalindextermsmajorfocus",
    "summary": "summary,comment,comments,commentary,remarks,remark,bemerkung,bemerkungen",
    "citation": "citation,reference,fullreference,fullcitation",
}  # fmt: skip
_FIELD_OF = {name: (field, place) for field, names in _NAMES.items() for place, name in enumerate(names.split(","))}
# A name of one or two letters is a tag of RIS or Web of Science; among other names it means something else.
_SHORTEST_NAME = 3
LOOKED_AT = 80  # rows from which a table's shape is told
MOST_COLUMNS = 300
_LOOKED_BELOW = 10
_HEADER_WITHIN = 40  # rows; what stands before a header is talk
_LEAST_ALIKE = 3  # rows of the same width, for a table without a header
_TAGS = 4  # short names in one header; fewer are no tags
_SIGNS = re.compile(r"[\W_]+")
_NO_NAME = re.compile(r"[={}<>'`]|.{81}")
_LONGEST_HEADER = 200  # characters of a cell; screening tools put questions there
_DATABASES = re.compile(
    r"\s*(?:pubmed|medline|embase|scopus|cinahl|psyc\s?info|web of science|wos|cochrane|central|google scholar|ovid"
    r"|ebsco(?:host)?|pedro|amed|crossref|europe pmc|manual|hand\s?search|other)\b.{0,30}"
    r"|.{0,200}\.(?:bib|csv|enw|json|nbib|ris|tsv|txt|xlsx?|xml)\s*|https?://.{0,400}",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S+", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:\.0)?")
_NAMED = re.compile(
    r"[^\W\d_][\w'’-]+,? (?:[A-Z]\.?[ -]?){1,3}(?:[,;&]|\Z)|[^\W\d_][\w'’-]+, [A-Z][\w'’. -]{1,30}(?:;|\Z)"
)


_SIGNED = re.compile(r"\w ?\([+–-]\)|\b\d{1,2} ?x ?/ ?(?:day|d|week|wk|w|month)\b", re.IGNORECASE)
_SERIAL = re.compile(
    r"\A[^.?!]{3,120}, \d{1,4}(?: ?\(\d{1,3}\))?, [A-Za-z]?\d|\bJ(?:ournal)?\b.{0,80}\d-\d|\AJournal of \w+"
)


class Columns(NamedTuple):
    """The columns of each field, in the order in which they are asked; `header` is their names as written."""

    of: Mapping[str, tuple[int, ...]]
    header: tuple[str, ...]

    def told(self) -> str:
        """The guess in words, for an error."""
        pairs = [f"{field} = {' or '.join(map(self._name, columns))}" for field, columns in self.of.items()]
        return "; ".join(pairs) or f"nothing, of {', '.join(map(self._name, range(min(12, len(self.header)))))}"

    def value(self, row: Row, field: str) -> str:
        """The first cell of `field` in `row` that is not empty."""
        return next((row[at] for at in self.of.get(field, ()) if at < len(row) and row[at].strip()), "")

    def _name(self, at: int) -> str:
        written = self.header[at].strip() if at < len(self.header) else ""
        return f"'{written}'" if written else f"column {at + 1}"


def find(rows: Sequence[Row]) -> tuple[int, Columns] | None:
    """Where the header is among the first `rows`, with the columns; -1 where there is none but the cells tell enough.

    None where this is no table of references.
    """
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        if len(row) > MOST_COLUMNS:
            return None
        columns = by_header(row, tags=sum(0 < len(each.strip()) <= 2 for each in row) >= _TAGS)
        alone = columns.of.keys() == {"title"} and at == 0 and sum(bool(each.strip()) for each in row) == 1
        known = sum(map(len, columns.of.values()))
        plain = at == 0 and "title" in columns.of and 4 * known >= 3 * sum(bool(each) for each in row)
        if alone or (_tells(columns) and (plain or _continues(row, rows[at + 1 :]))):
            return at, completed(columns, [below for below in rows[at + 1 :] if any(below)])
    filled = [row for row in rows if any(row)]
    width = len(filled[0]) if filled else 0
    if width < 3 or len(filled) < _LEAST_ALIKE or any(len(row) != width for row in filled[:-1]):
        return None
    columns = completed(Columns({}, ("",) * width), filled)
    return (-1, columns) if "title" in columns.of and len(columns.of) >= 3 else None


def _continues(header: Row, below: Sequence[Row]) -> bool:
    """Whether the rows below are as wide as the header, give or take: a sentence with commas has no such rows."""
    filled = [row for row in below if any(row)][:_LOOKED_BELOW]
    alike = sum(2 * len(row) > len(header) and len(row) < 2 * len(header) + 2 for row in filled)
    return 2 * alike >= len(filled) and all(len(each) <= _LONGEST_HEADER for each in header)


def _tells(columns: Columns) -> bool:
    """Whether this is a header of references: a title, or an identifier, and something else."""
    besides = {"keywords", "link", "types", "language"} | ({"summary"} if "citation" not in columns.of else set())
    known = set(columns.of) - besides
    return ("title" in known or bool(known & {"doi", "pmid", "citation"})) and len(known) > 1


def by_header(header: Row, *, tags: bool = True) -> Columns:
    """The columns that their names tell. Unless `tags`, names of one or two letters tell nothing."""
    found: dict[str, list[tuple[int, int]]] = {}
    for at, cell in enumerate(header):
        name = "" if _NO_NAME.search(cell) else _SIGNS.sub("", cell.casefold())
        for plain in (name, _plain(name)):
            if plain in _FIELD_OF and (tags or len(plain) >= _SHORTEST_NAME):
                field, place = _FIELD_OF[plain]
                found.setdefault(field, []).append((place, at))
                break
    ordered = {field: tuple(at for _, at in sorted(found[field])) for field in _NAMES if field in found}
    return Columns(ordered, tuple(header))


def completed(columns: Columns, rows: Sequence[Row]) -> Columns:
    """`columns`, with what their names did not tell guessed from the cells of `rows`."""
    sample = rows[:LOOKED_AT]
    of = {field: found for field, at in columns.of.items() if (found := _without_others(field, at, sample))}
    width = max([len(columns.header), *map(len, sample)])
    free = [at for at in range(width) if not any(at in each for each in of.values())]
    for field, looks in _LOOKS.items():
        if field not in of:
            told = [at for at in free if (share := _share(at, sample, looks)) is not None and share >= 0.7]
            if told:
                of[field] = (told[0],)
                free.remove(told[0])
    return Columns({field: of[field] for field in _NAMES if field in of}, columns.header)


def is_signed(text: str) -> bool:
    """Whether these are keywords to which somebody put signs or a dose: `pain (-), 2x/wk=8`."""
    return bool(_SIGNED.search(text))


def _plain(name: str) -> str:
    """`name` without the accents that people leave out (Título, Année)."""
    return "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))


def _without_others(field: str, columns: tuple[int, ...], rows: Sequence[Row]) -> tuple[int, ...]:
    """A "source" may be a database or a file and no journal, a "number" the row's and no issue's."""
    if field == "issue":
        return tuple(at for at in columns if not _counts(at, rows))
    if field != "container":
        return columns
    return tuple(at for at in columns if (_share(at, rows, lambda cell: bool(_DATABASES.fullmatch(cell))) or 0) < 0.5)


def _counts(at: int, rows: Sequence[Row]) -> bool:
    numbers = [int(row[at]) for row in rows if at < len(row) and row[at].strip().isdecimal() and len(row[at]) < 9]
    return len(numbers) > 2 and all(after - before == 1 for before, after in pairwise(numbers))


def _share(at: int, rows: Sequence[Row], looks: Callable[[str], bool]) -> float | None:
    """Of the filled cells of a column, the share that looks so; None where too few are filled."""
    cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
    return sum(map(looks, cells)) / len(cells) if 4 * len(cells) >= len(rows) > 0 else None


# What is surest takes its column first; of several columns that look alike it takes the first, for a title stands
# before its summary.
_LOOKS: Mapping[str, Callable[[str], bool]] = {
    "doi": lambda cell: bool(_DOI.fullmatch(cell)),
    "year": lambda cell: bool(_YEAR.fullmatch(cell)),
    "abstract": lambda cell: len(cell) >= 350 and cell.count(" ") >= 40,
    "authors": lambda cell: len(cell) < 2_000 and bool(_NAMED.match(cell)),
    "keywords": is_signed,
    "container": lambda cell: bool(_SERIAL.search(cell)),
    "title": lambda cell: 25 <= len(cell) <= 350 and cell.count(" ") >= 3 and not cell.startswith("http"),
    "summary": lambda cell: cell.count(" ") >= 4 and cell.endswith("."),
}
