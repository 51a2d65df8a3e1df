"""PubMed articles that do not exist, as many as are asked for: the same number always gives the same article."""

from __future__ import annotations

import random
from datetime import date, timedelta

import msgspec

_WHO = ("weavers", "dyers", "potters", "millers", "coopers", "cobblers")
_WHAT = ("massage", "myofascial release", "shiatsu", "acupressure", "reflexology", "Swedish massage")
_WITH = ("fibromyalgia", "low back pain", "neck pain", "insomnia", "tension headache", "anxiety")
_AGAINST = ("usual care", "relaxation", "light touch", "a waiting list", "exercise", "reading")
_RESULT = ("lower in", "higher in", "similar in")
_FIRST_DAY = date(1996, 1, 1)


class Invented(msgspec.Struct, frozen=True):
    """An invented article: PubMed's number, when it entered and was last changed, how often it was revised."""

    pmid: int
    entered: date
    modified: date
    revision: int = 0

    def xml(self) -> str:
        """The article as PubMed would give it."""
        chance = random.Random(self.pmid)
        who, what, ill, against = (chance.choice(each) for each in (_WHO, _WHAT, _WITH, _AGAINST))
        n, minutes = chance.randrange(12, 400), chance.choice((20, 30, 45, 60))
        times, weeks = chance.choice(("once", "twice")), chance.randrange(2, 13)
        return _ARTICLE.format(
            pmid=self.pmid,
            volume=self.pmid % 90,
            year=self.entered.year,
            first=self.pmid % 700,
            last=self.pmid % 700 + 9,
            family=f"Weaver{self.pmid % 997}",
            what=what,
            ill=ill,
            who=who,
            methods=f"{n} patients with {ill} were randomly assigned to {what} or {against}, {minutes} minutes {times} "
            f"a week for {weeks} weeks.",
            results=f"Pain was {chance.choice(_RESULT)} the {what} group than in the {against} group "
            f"(p = .{chance.randrange(10, 99)}). Sleep improved in both groups. No adverse events occurred. "
            f"Revision {self.revision}.",
        )


_ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><ISSN>0000-0000</ISSN><JournalIssue><Volume>{volume}</Volume>
<PubDate><Year>{year}</Year></PubDate></JournalIssue><Title>Journal of Invented Trials</Title>
<ISOAbbreviation>J Invent Trials</ISOAbbreviation></Journal>
<ArticleTitle>Invented trial {pmid}: {what} for {ill} in {who}.</ArticleTitle>
<Pagination><MedlinePgn>{first}-{last}</MedlinePgn></Pagination><Abstract>
<AbstractText Label="BACKGROUND">In {who} {ill} is common, and little is known of {what}.</AbstractText>
<AbstractText Label="METHODS">{methods}</AbstractText>
<AbstractText Label="RESULTS">{results}</AbstractText>
<AbstractText Label="CONCLUSIONS">{what} may help {who}.</AbstractText></Abstract>
<AuthorList><Author><LastName>{family}</LastName><ForeName>Wilma</ForeName><Initials>W</Initials></Author></AuthorList>
<Language>eng</Language>
<PublicationTypeList><PublicationType>Journal Article</PublicationType></PublicationTypeList></Article>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
<ArticleId IdType="doi">10.5555/{pmid}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>"""


def articles(count: int) -> list[Invented]:
    """`count` articles; each day a few entered, so that a long range of dates holds more than a search gives."""
    found = []
    for i in range(count):
        day = _FIRST_DAY + timedelta(days=i % 9_000)
        found.append(Invented(900_000_000 + i, day, day))
    return found
