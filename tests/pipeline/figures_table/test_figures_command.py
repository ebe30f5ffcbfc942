"""What a user of `lexfloor figures` sees: tables, files, exit codes."""

import csv
import io
import subprocess
import sys

import pytest

from lexfloor.pipeline.figures_table import rows


def test_help_explains(command):
    """The command explains itself."""
    code, out, _ = command("figures", "--help")
    assert code == 0
    assert "lexfloor figures laws/KEN" in out


def test_figures_are_printed(command, write_country, maternity_act):
    """Without --out a table is printed; what could not be read is told on stderr, exit code 3."""
    code, out, err = command("figures", write_country("XAA", {"act.txt": maternity_act, "broken.pdf": b"%PDF-1.4 nothing"}))
    assert code == 3
    assert "XAA · Maternity" in out
    assert "14 weeks" in out
    assert "broken.pdf" in err


def test_csv_of_two_countries_is_one_table(command, write_country, maternity_act):
    """Printed CSV has one header, whatever the number of countries."""
    write_country("XAA", {"act.txt": maternity_act})
    laws = write_country("XBB", {"act.txt": maternity_act}).parent
    code, out, _ = command("figures", laws, "--to", "csv", "--contingency", "maternity")
    found = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert {row["country"] for row in found} == {"XAA", "XBB"}
    assert {row["contingency"] for row in found} == {"maternity"}


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "jsonl"])
def test_figures_are_written(command, write_country, maternity_act, tmp_path, form):
    """The file is written and named; a second run replaces it."""
    folder = write_country("XAA", {"act.txt": maternity_act})
    for _ in range(2):
        code, out, _ = command("figures", folder, "--out", tmp_path / "out" / f"kenya.{form}")
        assert code == 0
        assert f"kenya.{form}" in out
        assert [entry.name for entry in (tmp_path / "out").iterdir()] == [f"kenya.{form}"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--kind", "pensions"), "pensionable_age"),
        (("--contingency", "death"), "survivors"),
        (("--to", "xlsx"), "--out"),
        (("--least-confidence", "2"), "least-confidence"),
        (("--standard", "c999"), "c102"),
    ],
)
def test_wrong_use(command, write_country, maternity_act, options, words):
    """Wrong names are told with what there is, exit code 2, no traceback."""
    code, _, err = command("figures", write_country("XAA", {"act.txt": maternity_act}), *options)
    assert code == 2
    assert words in err
    assert "Traceback" not in err


def test_missing_path_leaves_nothing(command, tmp_path):
    """A path that is not there is told, and no folder is made for results."""
    code, _, err = command("figures", tmp_path / "nowhere", "--out", tmp_path / "out" / "f.csv")
    assert code == 2
    assert "no such file or folder" in err
    assert not (tmp_path / "out").exists()


def test_a_table_does_not_lie_among_the_laws(command, write_country, maternity_act, tmp_path):
    """A table that the next run would read as a law is refused; a law is never overwritten; beside a single file it is fine."""
    folder = write_country("XAA", {"act.txt": maternity_act, "law.jsonl": "{}"})
    for out in (folder / "figures.csv", folder / "deep" / "figures.csv", folder / "law.jsonl"):
        code, _, err = command("figures", folder, "--out", out)
        assert code == 2
        assert "among the laws" in err
    assert command("figures", folder / "law.jsonl", "--out", folder / "law.jsonl")[0] == 2
    assert command("figures", folder / "act.txt", "--out", tmp_path / "laws" / "XAA" / "figures.csv")[0] == 0


def test_one_law_that_breaks_ends_nothing(command, write_country, maternity_act, monkeypatch):
    """Where the figures of one law cannot be read, it is told, and the others are shown."""
    whole = rows.extract

    def breaking(sections, standard, **named):
        if sections[0].file == "bad.txt":
            raise RuntimeError("invented")
        return whole(sections, standard, **named)

    monkeypatch.setattr(rows, "extract", breaking)
    code, out, err = command("figures", write_country("XAA", {"bad.txt": maternity_act.replace("fourteen", "fifteen"), "good.txt": maternity_act}))
    assert code == 3
    assert "14 weeks" in out
    assert "bad.txt: reading figures went wrong (RuntimeError: invented)" in err


def test_no_encoder_is_loaded(write_country, maternity_act):
    """Figures need no language model and no index: none is imported."""
    law = write_country("XAA", {"act.txt": maternity_act})
    code = f"import sys; from lexfloor.pipeline.cli import app; app(['figures', {str(law)!r}, '--to', 'csv'], standalone_mode=False); "
    code += "loaded = [name for name in ('transformers', 'sentence_transformers', 'faiss', 'sklearn', 'bm25s') if name in sys.modules]; assert not loaded, loaded"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
