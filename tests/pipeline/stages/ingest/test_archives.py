"""Zip archives of law files: each file is a law of its own, and what an archive tries goes nowhere."""

import io
import zipfile

import pytest

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.records import Failure, Law
from lexfloor.pipeline.stages.ingest import discover, ingest, read_law
from lexfloor.pipeline.stages.ingest.archives import is_archive, members
from lexfloor.pipeline.stages.ingest.source import Source

ACT = "# Lamp Act\n\n## 1. Name\n\nThis law is about the keepers of lamps and their pensions.\n"


def packed(files):
    """Return a zip of names to contents, in the order given."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def taken(data, **options):
    """Return what is in an archive: names to bytes, and the messages of what could not be taken out."""
    found = list(members(Source(data, "XTS", "acts.zip", IngestConfig(**options))))
    return {each.file: each.data for each in found if isinstance(each, Source)}, [each.message for each in found if isinstance(each, Failure)]


def test_files_come_by_name():
    """Files come sorted by name, each named with its archive; folders are no files."""
    sources, failures = taken(packed({"b.md": "two", "a/": "", "a/c.md": "one"}))
    assert list(sources.items()) == [("acts.zip/a/c.md", b"one"), ("acts.zip/b.md", b"two")]
    assert not failures


def test_what_systems_add_is_passed_over():
    """Hidden files and the leavings of file managers are no laws."""
    sources, _ = taken(packed(dict.fromkeys(("__MACOSX/._a.md", ".DS_Store", "x/.git/config", "Thumbs.db", "~$act.docx", "act.md"), "x")))
    assert list(sources) == ["acts.zip/act.md"]


@pytest.mark.parametrize("name", ["../act.md", "/etc/act.md", "C:\\laws\\act.md", "..\\..\\act.md", "a/../../../act.md", "\\\\host\\act.md"])
def test_names_lead_nowhere(name):
    """A name that leads out of the archive is made one that does not."""
    (file,), _ = taken(packed({name: "law"}))
    assert file.endswith("act.md")
    assert not set(file.split("/")) & {"..", "", "C:"}
    assert "\\" not in file


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Gesetz über Löhne.md", "cp437"),
        ("Gesetz über Löhne.md", "cp1252"),
        ("Закон о лампах.txt", "cp866"),
        ("Закон о лампах.txt", "cp1251"),
        ("社会法.txt", "gb18030"),
        ("دستور.txt", "utf-8"),
    ],
)
def test_names_in_old_encodings(name, encoding):
    """A name whose encoding the archive does not tell is read in the one that makes words of it."""
    raw = name.encode(encoding)
    stand_in = "x" * len(raw)
    (file,), _ = taken(packed({stand_in: "law"}).replace(stand_in.encode(), raw))
    assert file == f"acts.zip/{name}"


def test_archives_in_archives_are_refused():
    """One level is opened; what lies deeper is told, and the files beside it are read."""
    inner = packed({"act.md": ACT})
    sources, failures = taken(packed({"a.zip": inner, "b.tgz": b"\x1f\x8b\x08\x00", "c.md": ACT}))
    assert list(sources) == ["acts.zip/c.md"]
    assert [message.partition(": ")[0] for message in failures] == ["acts.zip/a.zip", "acts.zip/b.tgz"]
    assert all("archive in an archive" in message for message in failures)


def test_a_broken_file_costs_only_itself():
    """A file whose bytes are damaged is told; the others are taken out."""
    data = packed({"a.md": ACT, "b.md": ACT})
    damaged = data.replace(data[data.index(b"a.md") + 4 :][:12], b"\xff" * 12, 1)
    sources, failures = taken(damaged)
    assert list(sources) == ["acts.zip/b.md"]
    assert len(failures) == 1
    assert "a.md" in failures[0]


def test_limits():
    """Files over the limit are told one by one; archives over theirs as a whole."""
    sources, failures = taken(packed({"a.md": "x" * 999, "b.md": "y"}), max_bytes=500)
    assert (list(sources), len(failures)) == (["acts.zip/b.md"], 1)
    assert "ingest.max_bytes" in failures[0]
    with pytest.raises(SourceError, match=r"ingest\.max_unpacked"):
        taken(packed({"a.md": "x" * 999}), max_unpacked=500)
    with pytest.raises(SourceError, match=r"ingest\.max_members"):
        taken(packed({str(number): "x" for number in range(9)}), max_members=5)


def test_an_empty_archive_says_so():
    """An archive without files is no law, and no silence."""
    with pytest.raises(SourceError, match="holds no files"):
        taken(packed({"folder/": ""}))
    with pytest.raises(SourceError, match="holds no files"):
        taken(packed({}))


@pytest.mark.parametrize(
    "names", [("[Content_Types].xml", "word/document.xml"), ("mimetype", "content.xml"), ("xl/workbook.xml", "[Content_Types].xml"), ("mimetype", "META-INF/container.xml")]
)
def test_office_files_are_no_archives(names):
    """Documents, workbooks and e-books are zips too, but one file each."""
    assert not is_archive(packed(dict.fromkeys(names, "x")))


def test_other_files_are_no_archives():
    """An archive is told by its content; one that holds a document is still an archive."""
    assert not is_archive(b"PK is how this text begins.")
    assert not is_archive(b"")
    assert is_archive(packed({"act.md": ACT}))
    assert is_archive(packed({"act.docx": packed({"word/document.xml": "x"}), "b.md": ACT}))


def test_an_archive_among_the_laws(write_country, config):
    """Its files are laws and failures beside those of the folder; each can be read again by its name."""
    files = {"a.md": ACT, "bad/picture.png": b"\x89PNG", "bad/table.csv": "year,rate\n1990,4\n", "sub/b.md": ACT + "\n## 2. More\n\nMore.\n"}
    root = write_country("XAA", {"acts.zip": packed(files), "z.md": ACT, "cut.zip": packed(files)[:80]})
    (folder,), _ = discover([root], None)
    read = list(ingest(folder, config.ingest))
    laws = [item for item in read if isinstance(item, Law)]
    assert [law.file for law in laws] == ["acts.zip/a.md", "acts.zip/sub/b.md", "z.md"]
    assert [item.file for item in read if isinstance(item, Failure)] == ["acts.zip/bad/picture.png", "acts.zip/bad/table.csv", "cut.zip"]
    assert read_law(root / laws[1].file, "XAA", laws[1].file, config.ingest).text == laws[1].text
    with pytest.raises(SourceError, match="no such file"):
        read_law(root / "acts.zip" / "x.md", "XAA", "acts.zip/x.md", config.ingest)
