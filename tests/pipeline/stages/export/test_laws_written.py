"""A law with its cuts, as people and programs get it: tree, page, JSON Lines."""

import json
import re

import pytest

from lexfloor.pipeline.records import ProvisionStatus, Refusal, Span, TextState, Version
from lexfloor.pipeline.stages.export.laws.json_lines import json_lines
from lexfloor.pipeline.stages.export.laws.page import cuts_page
from lexfloor.pipeline.stages.export.laws.tree import tree
from lexfloor.pipeline.stages.ingest.json_lines import read
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.link import link
from lexfloor.pipeline.stages.segment import segment

ACT = """---
title: Pay Act
---
PART I

GENERAL

Section 1. Meanings

"worker" means a person who works for another for pay.

Section 2. Pay & 3 < 5

(1) A worker is paid monthly, as section 3 says.

(2) The first pay is due after 30 days.

Section 3. Date

Repealed.

Section 4. End

The law ends here.
"""


@pytest.fixture
def law(make_law):
    return make_law(ACT, file="pay.md", body=ACT.index("PART"), version=Version(TextState.CONSOLIDATED, "front matter: version", "2020-01-01", "front matter: text_date"))


def test_the_tree_shows_every_provision_on_a_line(law):
    """A person sees the hierarchy, what is no law and why, and what was left outside."""
    shown = tree(law, segment(law), 80)
    assert max(map(len, shown.splitlines()[4:-1])) <= 80
    assert re.search(r"(?m)^  PART I GENERAL$", shown)
    assert re.search(r"(?m)^    Section 2 Pay & 3 < 5$", shown)
    assert re.search(r"(?m)^      \(2\) The first pay is due after 30 days\.$", shown)
    assert re.search(r"(?m)^    Section 3 Date  \[repealed \(text: .*Repealed", shown)
    assert "consolidated (front matter: version); dated 2020-01-01" in shown
    assert "front matter" in shown.splitlines()[-1]


def test_the_page_shows_the_whole_text_and_runs_nothing(law):
    """Every word of the law is on the page, escaped; there are no scripts, and nothing is fetched."""
    cut = segment(law)
    definitions, links = link([law], list(cut.provisions))
    page = cuts_page(law, cut, links, definitions)
    assert "Pay &amp; 3 &lt; 5" in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=[\"']?(?!#)\w+:", page)
    words = re.sub(r"<[^>]+>", " ", page.split("<nav", 1)[1].split("</nav>", 1)[1])
    for line in filter(None, ACT.splitlines()):
        for word in re.findall(r"\w{4,}", line):
            assert word in words
    assert all(f'id="{node.id}"' in page for node in cut.provisions)
    assert page.count("<div") == page.count("</div>")


def test_a_reference_on_the_page_leads_to_its_target(law):
    """What the law refers to can be followed."""
    cut = segment(law)
    definitions, links = link([law], list(cut.provisions))
    assert re.search(r'<a href="#sec_3">section 3</a>', cuts_page(law, cut, links, definitions))


def test_json_lines_hold_all_and_read_back_alike(law):
    """The export has the law's facts, every provision with its references, and what was refused; reading it gives the same provisions."""
    cut = segment(law)
    definitions, links = link([law], list(cut.provisions))
    lines = [json.loads(line) for line in json_lines(law, cut, links, definitions).splitlines()]
    assert lines[0]["law"]["text_state"] == "consolidated"
    nodes = [line for line in lines if "id" in line]
    assert [node["id"] for node in nodes] == [node.id for node in cut.provisions]
    by_id = {node["id"]: node for node in nodes}
    assert [found["provision"] for found in by_id["sec_2__subsec_1"]["refers_to"]] == ["sec_3"]
    assert any(line["definition"]["term"] == "worker" for line in lines if "definition" in line)
    assert {line["refused"]["reason"] for line in lines if "refused" in line} >= {"front matter"}
    again = segment(read(Source(json_lines(law, cut, links, definitions).encode(), "XTS", "pay.jsonl")))

    def shown(provisions):
        return [(node.id, node.level, node.label, node.heading, node.kind, node.status, node.text.split()) for node in provisions]

    assert shown(again.provisions) == shown(cut.provisions)


def test_an_empty_law_is_shown_too(make_law):
    """A law in which nothing was found has a tree and a page."""
    law = make_law("x", refused=(Refusal(Span(0, 1), "blank"),), version=Version(status=ProvisionStatus.UNKNOWN))
    assert tree(law, segment(law))
    assert cuts_page(law, segment(law))
