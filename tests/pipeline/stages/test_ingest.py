"""Files as people have them become laws, or a failure that says what to do."""

import os
import time

import pytest

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.errors import InputError, SourceError
from lexfloor.pipeline.records import Failure, Law, Level, ProvisionStatus
from lexfloor.pipeline.stages.ingest import discover, ingest, read_law
from lexfloor.pipeline.stages.segment import segment

BODY = "Section 1. Name\n\nThe benefit is paid to every insured person for the whole time of the sickness.\n"
FRENCH = "Article 1er\n\nL’assuré a droit à une indemnité égale à la moitié du salaire, dès le début de l’arrêt de travail.\n" * 8


@pytest.fixture
def read(tmp_path):
    """Return a function that writes bytes into a file and reads it as a law."""

    def law(data, name="act.txt", **options):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_law(path, "XTS", name, IngestConfig(**options))

    return law


def test_front_matter_tells_title_language_state_and_date(read):
    """YAML facts are used and stay in the text, before the body."""
    law = read("---\ntitle: The Pay Act\nlanguage: fr\nstatus: repealed\nlast_updated: 2020-02-03\n---\n" + BODY, "act.md")
    assert (law.title, law.language, law.format) == ("The Pay Act", "fr", "markdown")
    assert (law.version.status, law.version.date) == (ProvisionStatus.REPEALED, "2020-02-03")
    assert law.text[law.body :] == BODY


@pytest.mark.parametrize(("told", "language"), [("en", "en"), ("en-GB", "en"), ("EN", "en"), ("eng", "en"), ("spa", "es"), ("pt_BR", "pt")])
def test_language_codes_of_front_matter(read, told, language):
    """Two- and three-letter codes of a language, with or without a region, name the language."""
    assert read(f"---\nlanguage: {told}\n---\n{BODY}", "act.md").language == language


@pytest.mark.parametrize(
    "broken", ["title: [unclosed\nlanguage: en", "title: a: b: c\nlanguage: en", "- a\n- list", "just words", "date: 2020-99-99\nlanguage: en", "a: &a [*a, *a]"]
)
def test_broken_front_matter_is_no_obstacle(read, broken):
    """A law with broken facts is read as a law."""
    law = read(f"---\n{broken}\n---\n{BODY}", "act.md")
    assert law.text[law.body :] == BODY
    assert law.language == "en"


def test_front_matter_runs_no_code(read):
    """YAML tags that make objects are not obeyed."""
    law = read("---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n" + BODY, "act.md")
    assert "Section 1" in law.text


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8 (valid)"), ("utf-8-sig", "utf-8 (byte order mark)"), ("utf-16", "utf-16 (byte order mark)")],
)
def test_unicode_encodings(read, encoding, told):
    """Unicode files give the same text, and how they were read is told."""
    law = read(FRENCH.encode(encoding))
    assert (law.text, law.encoding, law.language) == (FRENCH, told, "fr")


def test_a_declared_encoding_is_obeyed(read):
    """A file that names its encoding is read in it."""
    text = "<!-- encoding: iso-8859-1 -->\n" + FRENCH.replace("’", "'")
    law = read(text.encode("latin-1"))
    assert (law.text, law.encoding) == (text, "iso-8859-1 (declared)")


def test_an_old_western_encoding_is_guessed(read):
    """Accents and curly apostrophes of a Windows file come out right."""
    law = read(FRENCH.encode("cp1252"))
    assert law.text == FRENCH
    assert "guessed" in law.encoding


def test_a_cyrillic_encoding_is_guessed(read):
    """A Windows file in Russian comes out in Russian letters."""
    text = "Статья 1. Цель закона\nЗакон защищает работников и членов их семей в случае болезни, старости и безработицы.\n" * 8
    law = read(text.encode("cp1251"))
    assert (law.text, law.language) == (text, "ru")


REFUSED = [
    (b"", "empty", None),
    (b"  \n\t\r\n", "empty", None),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office document", "DOCX"),
    (b"{\\rtf1\\ansi", "RTF", "DOCX"),
    (b"\x89PNG\r\n\x1a\n\x00", "image", "text recognition"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image", "text recognition"),
    (b"\x1f\x8b\x08\x00abc", "gzip", "unpack"),
    (b"PK\x03\x04\x14\x00\x06\x00", "broken", "get the file again"),
    (b"<?xml version='1.0'?><timetable/>", "XML", "as text"),
    (bytes(range(256)) * 40, "document or an image", "UTF-8"),
    (b"\x00\x01\x02\x03" * 500, "binary", "give the law as text"),
    (b"\xff\xfe\x00\xd8\x00", "utf-16", "UTF-8"),
    (b"---\ntitle: Only facts\n---\n", "no text of law", None),
]


@pytest.mark.parametrize(("data", "what", "remedy"), REFUSED)
def test_what_is_no_text_of_law_is_refused(read, data, what, remedy):
    """The refusal names the file, says what it is, and what to do."""
    with pytest.raises(SourceError) as caught:
        read(data)
    message = str(caught.value)
    assert message.startswith("act.txt")
    assert what in message
    assert remedy is None or remedy in message


def test_json_without_provisions_is_refused(read):
    """Data about laws are not mistaken for a law."""
    with pytest.raises(SourceError, match="no provision"):
        read('{"a": 1}', "facts.json")


def test_the_file_is_named_with_its_folder(tmp_path):
    """A refusal names the path inside the country's folder, not only the last part."""
    path = tmp_path / "old" / "scan.png"
    path.parent.mkdir()
    path.write_bytes(b"\x89PNG")
    with pytest.raises(SourceError, match=r"old/scan\.png"):
        read_law(path, "XTS", "old/scan.png", IngestConfig())


def test_a_few_stray_nul_bytes_are_no_obstacle(read):
    """A long text with one control character is still a text."""
    law = read((BODY * 20).encode() + b"\x00" + b"end of the law.\n")
    assert "end of the law." in law.text


def test_too_large_and_too_long(read):
    """Limits of the configuration refuse, and name the option."""
    with pytest.raises(SourceError, match=r"ingest\.max_bytes"):
        read(BODY, max_bytes=10)
    with pytest.raises(SourceError, match=r"ingest\.max_line"):
        read("x" * 500, max_line=100)


def test_a_huge_line_is_read_quickly(read):
    """A file that is one line of a million characters does not stop the run."""
    began = time.perf_counter()
    law = read("Section 1. Name. " + "the benefit is paid (1) to persons; " * 30_000)
    assert len(segment(law).provisions) >= 1
    assert time.perf_counter() - began < 20


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(tmp_path):
    """A file without permission says so."""
    path = tmp_path / "act.txt"
    path.write_text(BODY, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(SourceError, match="may read it"):
        read_law(path, "XTS", "act.txt", IngestConfig())


def test_a_missing_file(tmp_path):
    """A file that is gone when its turn comes says so."""
    with pytest.raises(SourceError, match="cannot be read"):
        read_law(tmp_path / "gone.txt", "XTS", "gone.txt", IngestConfig())


CANADA = """<?xml version="1.0" encoding="utf-8"?>
<Statute xmlns:lims="http://justice.gc.ca/lims" lims:current-date="2024-05-01" xml:lang="en" in-force="yes">
<Identification><LongTitle>An Act about invented benefits</LongTitle><ShortTitle>Invented Benefits Act</ShortTitle></Identification>
<Body>
<Heading level="1"><Label>PART I</Label><TitleText>General</TitleText></Heading>
<Section><MarginalNote>Short name</MarginalNote><Label>1</Label><Text>This Act has a short name.</Text></Section>
<Heading level="2"><TitleText>Benefits</TitleText></Heading>
<Section><MarginalNote>Benefit</MarginalNote><Label>2</Label><Subsection><Label>(1)</Label><Text>A person is paid for <Emphasis style="italic">ten</Emphasis> weeks</Text>
<Paragraph><Label>(a)</Label><Text>in money; or</Text></Paragraph><Paragraph><Label>(b)</Label><Text>in kind.</Text></Paragraph></Subsection>
<Subsection><Label>(2)</Label><Text>Nothing else is paid.</Text></Subsection><HistoricalNote>2001, c. 4</HistoricalNote></Section>
<Section><Label>3</Label><Text><Repealed>[Repealed, 2005, c. 9]</Repealed></Text></Section>
</Body>
<Schedule><ScheduleFormHeading><Label>SCHEDULE 1</Label><TitleText>Rates</TitleText></ScheduleFormHeading><Provision><Text>Ten of each.</Text></Provision></Schedule>
<Schedule id="NifProvs"><ScheduleFormHeading><TitleText>AMENDMENTS NOT IN FORCE</TitleText></ScheduleFormHeading>
<AmendedText><Section><Label>9</Label><Text>This will be law one day.</Text></Section></AmendedText></Schedule>
</Statute>
"""


def test_justice_canada(read):
    """Labels, marginal notes, text and state come from the markup."""
    law = read(CANADA, "I-1.xml")
    assert (law.format, law.title, law.language, law.version.date) == ("justice-canada-xml", "Invented Benefits Act", "en", "2024-05-01")
    nodes = segment(law).provisions
    sections = {node.label: node for node in nodes if node.level is Level.SECTION}
    assert list(sections) == ["1", "2", "3", "SCHEDULE 1", "9"]
    assert [sections[label].heading for label in ("1", "2")] == ["Short name", "Benefit"]
    assert [sections[label].status for label in sections] == [
        *(ProvisionStatus.IN_FORCE, ProvisionStatus.IN_FORCE, ProvisionStatus.REPEALED, ProvisionStatus.IN_FORCE, ProvisionStatus.NOT_IN_FORCE)
    ]
    assert not sections["9"].citable
    assert "A person is paid for ten weeks" in sections["2"].text
    assert "2001, c. 4" not in sections["2"].text
    assert sections["2"].path[0] == "PART I General"
    assert [node.label for node in nodes if node.parent == sections["2"].id] == ["(1)", "(2)"]


def test_justice_canada_act_not_in_force(read):
    """An act that is not in force gives no evidence at all."""
    law = read(CANADA.replace('in-force="yes"', 'in-force="no"'), "I-1.xml")
    assert not any(node.citable for node in segment(law).provisions if node.level is Level.SECTION)


def test_broken_xml_is_refused(read):
    """XML that is cut off is refused with what to do."""
    with pytest.raises(SourceError, match=r"not well formed.*get the file again"):
        read(CANADA[:700], "I-1.xml")


def test_entities_read_no_files(read, tmp_path):
    """An external entity brings no other file into the law."""
    secret = tmp_path / "secret"
    secret.write_text("TOPSECRET", encoding="utf-8")
    head = f'<?xml version="1.0"?>\n<!DOCTYPE Statute [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n'
    try:
        law = read(head + CANADA.partition("\n")[2].replace("short name.", "short name &x;."), "I-1.xml")
    except SourceError:
        return
    assert "TOPSECRET" not in law.text


@pytest.mark.parametrize("place", ["text", "attribute"])
def test_entities_do_not_grow(read, place):
    """Entities inside entities neither fill the memory nor hang."""
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?>\n<!DOCTYPE Statute [<!ENTITY e0 "lollollol">{bomb}]>\n'
    body = CANADA.partition("\n")[2]
    body = body.replace("short name.", "short name &e9;.") if place == "text" else body.replace('level="2"', 'level="&e9;"')
    began = time.perf_counter()
    try:
        law = read(head + body, "I-1.xml")
    except SourceError:
        law = None
    assert time.perf_counter() - began < 5
    assert law is None or len(law.text) < 10_000


def test_discover_a_country(write_country):
    """A folder named by its code is one country, files of subfolders included, hidden ones not."""
    root = write_country("XAA", {"b.txt": BODY, "sub/a.txt": BODY, ".hidden": BODY, ".git/x.txt": BODY})
    (found,), _ = discover([root], None)
    assert found.country == "XAA"
    assert [path.relative_to(root).as_posix() for path in found.files] == ["b.txt", "sub/a.txt"]


def test_discover_a_folder_of_countries(write_country):
    """Countries come sorted by name."""
    for code in ("XBB", "XAA"):
        root = write_country(code, {"a.txt": BODY}).parent
    assert [folder.country for folder in discover([root], None)[0]] == ["XAA", "XBB"]


def test_discover_files(write_country):
    """A file is the law of the country whose folder it lies in; several files of it are one country."""
    root = write_country("XAA", {"a.txt": BODY, "b.txt": BODY})
    (one,), _ = discover([root / "a.txt"], None)
    assert (one.country, len(one.files)) == ("XAA", 1)
    (both,), _ = discover([root / "a.txt", root / "b.txt"], None)
    assert (both.country, len(both.files)) == ("XAA", 2)


def test_discover_with_a_name(write_country):
    """--country names the country where the folder does not."""
    root = write_country("my laws", {"a.txt": BODY})
    assert [folder.country for folder in discover([root], "XCC")[0]] == ["XCC"]
    assert [folder.country for folder in discover([root], None)[0]] == ["my laws"]


def test_discover_the_current_folder(write_country, monkeypatch):
    """A dot stands for the folder's name."""
    monkeypatch.chdir(write_country("XAA", {"a.txt": BODY}))
    (found,), _ = discover([type(write_country("XAA", {}))(".")], None)
    assert found.country == "XAA"


def test_discover_refuses(write_country, tmp_path):
    """A path that is not there, and two folders of one name, are told."""
    with pytest.raises(InputError, match="no such file"):
        discover([tmp_path / "nowhere"], None)
    one, two = write_country("XAA", {"a.txt": BODY}), write_country("XAA", {"a.txt": BODY}, under="other")
    with pytest.raises(InputError, match="both named XAA"):
        discover([one, two], None)


def test_ingest_keeps_good_files_and_tells_of_bad_ones(write_country, config):
    """One bad file costs one failure."""
    root = write_country("XAA", {"a.txt": BODY, "b.png": b"\x89PNG", "c.txt": b"", "d.txt": BODY + "More."})
    (folder,), _ = discover([root], None)
    read = list(ingest(folder, config.ingest))
    assert [item.file for item in read if isinstance(item, Law)] == ["a.txt", "d.txt"]
    assert [(item.file, item.category) for item in read if isinstance(item, Failure)] == [("b.png", "source"), ("c.txt", "source")]


def test_language_versions_are_paired(write_country, config):
    """One act in two languages is judged in the preferred one."""
    english = BODY * 5
    root = write_country("XAA", {"en/act.txt": english, "fr/act.txt": FRENCH, "fr/autre.txt": FRENCH})
    (folder,), _ = discover([root], None)
    parallel = {law.file: law.parallel_of for law in ingest(folder, config.ingest)}
    assert parallel == {"en/act.txt": "", "fr/act.txt": "en/act.txt", "fr/autre.txt": ""}


def test_two_files_of_one_name_in_one_language_are_two_laws(write_country, config):
    """Equal names alone make no version."""
    root = write_country("XAA", {"1999/act.txt": BODY * 5, "2005/act.txt": BODY * 6})
    (folder,), _ = discover([root], None)
    assert [law.parallel_of for law in ingest(folder, config.ingest)] == ["", ""]


def test_the_hash_is_of_the_bytes(read):
    """A law carries the sha256 that sha256sum gives."""
    import hashlib

    assert read(BODY).sha256 == hashlib.sha256(BODY.encode()).hexdigest()


def test_no_file_beside_countries_vanishes(write_country, config):
    """A law that lies beside the countries' folders is told of, not passed over in silence."""
    root = write_country("XAA", {"a.txt": BODY}).parent
    (root / "stray.txt").write_text(BODY, encoding="utf-8")
    _, stray = discover([root], None)
    assert [failure.file for failure in stray] == ["stray.txt"]
    assert stray[0].category == "skipped"


def test_xml_in_utf_16(read):
    """XML saved in UTF-16 is read as XML or refused, never taken for a plain text full of tags."""
    try:
        law = read(CANADA.replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16"), "I-1.xml")
    except SourceError:
        return
    assert law.format == "justice-canada-xml"


@pytest.mark.parametrize("level", ["x", "", "-1", "99"])
def test_odd_heading_levels_cost_no_law(read, level):
    """A heading with an odd level is a heading still."""
    law = read(CANADA.replace('level="2"', f'level="{level}"'), "I-1.xml")
    assert [node.label for node in segment(law).provisions if node.level is Level.SECTION] == ["1", "2", "3", "SCHEDULE 1", "9"]


def test_old_line_ends_are_read_as_lines(read):
    """Files with carriage returns alone have lines, and every character keeps its place."""
    law = read("Section 1. Name\r\rThis is the law.\r\rSection 2. Scope\r\rAll.\r")
    assert law.text.splitlines()[0] == "Section 1. Name"
    assert "\r" not in law.text


def test_same_names_in_other_folders_are_other_laws(write_country, config):
    """Only folders that name languages make two files versions of one act."""
    english, french = "Section 1. The fund pays every worker.\n", "Article 1. La caisse verse une pension aux travailleurs.\n"
    root = write_country("XAA", {"pensions/act.txt": english, "health/act.txt": french})
    (folder,), _ = discover([root], None)
    assert not any(law.parallel_of for law in ingest(folder, config.ingest))


def test_links_that_lead_nowhere_are_told(write_country, config):
    """A broken link, a loop and a link to a folder are failures with a reason, not silence and not a crash."""
    root = write_country("XAA", {"a.txt": BODY})
    (root / "loop.txt").symlink_to(root / "loop.txt")
    (root / "gone.txt").symlink_to(root / "nowhere.txt")
    (root / "more").symlink_to(root.parent)
    (folder,), _ = discover([root], None, out=root / "out")
    told = {item.file: item.message for item in ingest(folder, config.ingest) if isinstance(item, Failure)}
    assert set(told) == {"loop.txt", "gone.txt", "more"}
    assert "link to a folder" in told["more"]


def test_several_countries_are_not_taken_for_one(write_country):
    """--country with a folder of countries is refused, not read as one country."""
    root = write_country("XAA", {"a.txt": BODY}).parent
    write_country("XBB", {"b.txt": BODY})
    with pytest.raises(InputError, match="leave out --country"):
        discover([root], "XCC")
