"""Records of law: files, versions, provisions, what they refer to and define."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from lexfloor.pipeline.records.names import Level, ProvisionId, ProvisionKind, ProvisionStatus, TextState


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in code points, half open.

    Raises:
        ValueError: ``start`` is negative or ``end`` is not after ``start``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse empty and reversed spans."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is empty or reversed")


@dataclass(frozen=True, slots=True)
class Mark:
    """A provision that the markup of a file states outright (XML): nothing to guess.

    ``heading`` is the title or marginal note, ``label`` the number as printed; both may be empty. ``depth`` orders levels: a
    mark lies under the nearest mark before it that is less deep and encloses it. ``id`` is the id that the file itself gives
    (an eId), empty where it gives none.
    """

    level: Level
    label: str
    heading: str
    span: Span
    depth: int
    kind: ProvisionKind = ProvisionKind.OPERATIVE
    status: ProvisionStatus = ProvisionStatus.IN_FORCE
    status_reason: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A stretch of a law's text that belongs to no provision, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Version:
    """What a file says of its own state, and where it says so.

    Attributes:
        state: consolidated, as enacted, or unknown.
        date: date of the text, ISO 8601 ("2024", "2024-05" and "2024-05-01" are all dates), or empty.
        status: of the act as a whole; a repealed act gives no evidence.
        state_source, date_source, status_source: "front matter: status", "markup: ...", "text: ..."; empty where nothing tells.
    """

    state: TextState = TextState.UNKNOWN
    state_source: str = ""
    date: str = ""
    date_source: str = ""
    status: ProvisionStatus = ProvisionStatus.UNKNOWN
    status_source: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """One file of law as ingested.

    Attributes:
        country: ISO 3166-1 alpha-3 code, or the name that the user gave.
        file: path inside the country's folder, with forward slashes.
        title: the law's own title, the file name where none is found.
        language: ISO 639-1 code of the text.
        text: the text as ingested; every span of every later record points into it.
        format: name of the reader that read it.
        sha256: of the file's bytes.
        encoding: what was assumed, and why ("utf-8 (decoded)", "windows-1252 (guessed)").
        version: state, date and repeal as the file tells them.
        marks: provisions stated by the file's markup; None where structure must be found in the text.
        body: where the law itself starts, after front matter.
        parallel_of: file of which this one is a version in another language, empty otherwise.
        pages: where each page begins in ``text``, the first page first; empty where the format has no pages.
        refused: stretches that the reader itself knows to be no law (boilerplate of a web page that it kept in the text).
        remarks: what the reader left out or assumed, in words, for run.json ("2 running heads left out of 40 pages").
    """

    country: str
    file: str
    title: str
    language: str
    text: str
    format: str
    sha256: str
    encoding: str
    version: Version = Version()
    marks: tuple[Mark, ...] | None = None
    body: int = 0
    parallel_of: str = ""
    pages: tuple[int, ...] = ()
    refused: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()

    def page_of(self, position: int) -> int | None:
        """Return the number of the page, from 1, on which a position of the text lies; None where there are no pages."""
        return bisect_right(self.pages, position) or None


@dataclass(frozen=True, slots=True)
class Provision:
    """One node of a law's hierarchy.

    Attributes:
        id: unique within the law, after the Akoma Ntoso eId convention ("sec_36__subsec_1", "att_2__sec_3" in a schedule).
        parent: id of the node above, empty at the top.
        section: label of the enclosing section as the law prints it; empty above section level.
        label: own number as printed, "(1)" or "§ 44".
        heading: title or marginal note, without markup.
        path: headings of the nodes above, outermost first.
        text: plain text, without markup; ``span`` gives the verbatim source.
        status_reason: what tells the status ("text: [Omitted]", "act: front matter"); empty for what is in force by default.
        page: page on which the provision begins, None where the format has no pages.
        chapeau: words of the nodes above that introduce this one, within its section; empty for sections.
        continuation: words of the nodes above that go on after the list in which this one stands.
    """

    id: ProvisionId
    country: str
    file: str
    parent: str
    level: Level
    section: str
    label: str
    heading: str
    path: tuple[str, ...]
    kind: ProvisionKind
    status: ProvisionStatus
    span: Span
    language: str
    text: str
    status_reason: str = ""
    page: int | None = None
    chapeau: str = ""
    continuation: str = ""

    @property
    def citable(self) -> bool:
        """Whether the provision may serve as evidence: law in force, not a preamble, contents line or note."""
        barred = (ProvisionStatus.REPEALED, ProvisionStatus.SUPERSEDED, ProvisionStatus.NOT_IN_FORCE)
        return self.status not in barred and self.kind not in (ProvisionKind.CONTENTS, ProvisionKind.NOTE, ProvisionKind.PREAMBLE)


@dataclass(frozen=True, slots=True)
class Segmentation:
    """A law cut into provisions.

    Every character of the law's text lies in exactly one of: the own stretch of a provision (its span without the spans of
    the provisions under it), or a refused stretch. ``provisions`` are in order of the text, each after the one above it.
    """

    provisions: tuple[Provision, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that a law defines; ``span`` is of the defining words in the law's text, the term first.

    ``scope`` is the id of the provision within which the definition holds ("in this Part ..."), empty for the whole act.
    """

    country: str
    file: str
    provision: ProvisionId
    section: str
    term: str
    span: Span
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a provision refers to: another provision, another act, or a term that is defined elsewhere.

    Attributes:
        provision, section: where the words stand: the innermost provision, and the label of its section.
        kind: "reference" or "term".
        span: of the referring words in the law's text; ``words`` are these words, white space collapsed.
        act: another act as the words name it ("Ley 100 de 1993"); empty within the law itself, and for terms.
        target_file, target: the provision referred to, or that defines the term; ``target`` is empty where only the act was found,
            both are empty where nothing of the set answers.
        target_section: label of the target's section as that law prints it.
    """

    country: str
    file: str
    provision: ProvisionId
    section: str
    kind: Literal["reference", "term"]
    span: Span
    words: str
    act: str = ""
    target_file: str = ""
    target: str = ""
    target_section: str = ""
