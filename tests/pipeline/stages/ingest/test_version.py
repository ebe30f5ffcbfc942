"""Version honesty: what kind of text a file holds, of which date, whether the act is law, each with where the file says so."""

import pytest

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.records import ProvisionStatus, TextState
from lexfloor.pipeline.stages.ingest import ingest
from lexfloor.pipeline.stages.ingest.discover import discover

BODY = "\n# Pay Act\n\nSection 1. One\n\nPay is due.\n\nSection 2. Two\n\nIt is paid monthly.\n\nSection 3. Three\n\nNothing more.\n"


@pytest.fixture
def version(write_country):
    def read(front, body=BODY):
        folder = write_country("XTS", {"act.md": (f"---\n{front}\n---\n" if front else "") + body})
        (country,), _ = discover([folder], None)
        (law,) = ingest(country, IngestConfig())
        return law.version

    return read


@pytest.mark.parametrize(
    ("front", "state", "date"),
    [
        ("publication_date: 2001-02-03\nlast_updated: 2020-05-06", TextState.CONSOLIDATED, "2020-05-06"),
        ("publication_date: 2001-02-03\nlast_updated: 2001-02-03", TextState.AS_ENACTED, "2001-02-03"),
        ("publication_date: 2001-02-03\nlast_updated: 1900-01-01", TextState.UNKNOWN, ""),
        ("text_state: consolidated\ntext_date: 2019-01-01", TextState.CONSOLIDATED, "2019-01-01"),
        ("title: Pay Act", TextState.UNKNOWN, ""),
    ],
)
def test_front_matter_tells_state_and_date(version, front, state, date):
    """Dates before the act's own publication are not believed; each answer names the key that gave it."""
    found = version(f"language: en\n{front}")
    assert (found.state, found.date) == (state, date)
    assert found.state_source.startswith("front matter:") is (state is not TextState.UNKNOWN)
    assert bool(found.date_source) is bool(date)


def test_the_text_tells_where_the_file_does_not(version):
    """Words that a portal prints over a consolidated text, with their date, are read; the source quotes them."""
    found = version("", "Consolidated version\n\nStatus as of 1 March 2021\n" + BODY)
    assert found.state is TextState.CONSOLIDATED
    assert found.state_source.lower() == "text: consolidated version"
    assert found.date == "2021-03-01"
    assert "1 March 2021" in found.date_source


def test_a_repeal_clause_is_not_the_acts_own_repeal(version):
    """That an act repeals another says nothing of itself."""
    found = version("language: en", BODY + "\nSection 4. Repeal\n\nThe Wages Act is repealed.\n")
    assert found.status is ProvisionStatus.UNKNOWN


def test_front_matter_tells_a_repeal(version):
    """A repealed act is told as such, with where that stands."""
    found = version("language: en\nstatus: repealed")
    assert (found.status, found.status_source) == (ProvisionStatus.REPEALED, "front matter: status")
