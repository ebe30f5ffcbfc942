"""Plain text keeps the way back to its source."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.pipeline.plain import collapsed, plain, readable

MADE = ["&amp;", "&nbsp;", "&eacute;", "&#167;", "&#x2014;", "<sup>1</sup>", "<sup>bis</sup>", "<br>", "<br/>", "</p>", "<p class='a'>"]
GONE = ["<b>", "</b>", "<a href='#x'>", "</a>", "<!-- note -->", "**", "***", "`", "[^3]", "[^12]:", "\u00ad", "\u200b", "\ufeff"]
KEPT = ["\n", " ", "  ", "\t", "\u00a0", "[word](https://example.org/a_(b))", "![word](x.png)", ".", ";", "(1)", "5 < 6", "§ 3", "_", "\\*"]
WORDS = st.text(st.sampled_from("abcdeéßжσ中ক"), min_size=1, max_size=6)
TOKENS = st.lists(st.one_of(WORDS, st.sampled_from(MADE), st.sampled_from(GONE), st.sampled_from(KEPT)), max_size=25)


def _laid_out(tokens):
    """Return the text of the tokens and the source positions that produce characters of their own."""
    made, position = set(), 0
    for token in tokens:
        if token in MADE:
            made.update(range(position, position + len(token)))
        position += len(token)
    return "".join(tokens), made


@given(TOKENS)
def test_every_position_maps_to_its_own_character(tokens):
    """A character that was not made by markup stands in the source where the map says."""
    source, made = _laid_out(tokens)
    view = plain(source)
    for position, character in enumerate(view.text):
        place = view.source(position)
        if place not in made:
            assert source[place] == character or (character == " " and source[place].isspace())


@given(TOKENS)
def test_positions_rise(tokens):
    """Later characters come from later places of the source, inside it."""
    source, _ = _laid_out(tokens)
    view = plain(source)
    places = [view.source(position) for position in range(len(view.text))]
    assert all(a < b for a, b in pairwise(places))
    assert all(0 <= place < len(source) for place in places)


@given(TOKENS)
def test_no_tags_are_left(tokens):
    """Tags, comments and soft hyphens are gone."""
    text = plain("".join(tokens)).text
    assert not re.search(r"</?[a-z][^<>]*>|<!--|\u00ad|\u200b", text)


@given(TOKENS, st.integers(0, 40))
def test_a_later_start_cuts_the_front(tokens, start):
    """Positions of a text read from the middle still point into the whole source."""
    source, made = _laid_out(["x" * 40, *tokens])
    view = plain(source, start)
    assert view.text.startswith("x" * (40 - start))
    for position, character in enumerate(view.text):
        place = view.source(position)
        assert place >= start
        if place not in made and not character.isspace():
            assert source[place] == character


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**Section 3** applies", "Section 3 applies"),
        ("Article 27<sup>1</sup>", "Article 27¹"),
        ("see [section 4](#s4) here", "see section 4 here"),
        ("wor\u00adker", "worker"),
        ("10&nbsp;000 &amp; more", "10 000 & more"),
        ("a[^1] b", "a b"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("a < b and c > d", "a < b and c > d"),
        ("see [**section 4**](#s4) here", "see section 4 here"),
        ("see [<b>section 4</b>](#s4) here", "see section 4 here"),
        ("1 \\* 2", "1 * 2"),
        ("2 * 3 cm", "2 * 3 cm"),
    ],
)
def test_markup_goes_and_words_stay(source, shown):
    """Known kinds of markup leave what a reader would see."""
    assert plain(source).text == shown


def test_source_end_is_just_after_the_last_character():
    """The end of a stretch includes its last character and no markup after it."""
    source = "a **bold** word"
    view = plain(source)
    end = view.text.index("bold") + 4
    assert source[view.source(2) : view.source_end(end)] == "bold"


def test_collapsed_and_readable():
    """White space becomes single spaces, heading marks go."""
    assert collapsed(" a\n\t b  ") == "a b"
    assert readable("## **Title**  of\nit") == "Title of it"


def test_long_runs_of_open_brackets_take_no_long_time():
    """Text made to slow the reader down is read at once."""
    for nasty in ("[" * 20_000, "<" * 20_000, "<a " * 8_000, "![" * 10_000, "&" * 20_000, "[a](" * 5_000, "<!--" * 5_000):
        assert len(plain(nasty).text) <= len(nasty)


def test_markup_stays_whole_at_the_end_of_a_span():
    """A stretch that ends in an entity or a raised letter ends after its markup in the source."""
    source = "wage<sup>2</sup> and &quot;here.&quot; end"
    view = plain(source)
    for words in ("wage²", '"here."'):
        start = view.text.index(words)
        cut = source[view.source(start) : view.source_end(start + len(words))]
        assert cut in ("wage<sup>2</sup>", "&quot;here.&quot;")


def test_many_open_comments_are_read_in_no_time():
    """Comments that never close are text and take linear time."""
    source = "<!-- " * 50_000 + "Section 1."
    assert plain(source).text.endswith("Section 1.")


def test_links_and_images_that_show_no_words_leave_nothing():
    """An image without a description and an empty link are markup as a whole."""
    assert plain("Rates ![](https://example.org/table.png) of [](#rates) 1 a[i](x) b").text == "Rates  of  1 ai b"
    assert plain("[![](seal.png)](https://example.org) Act").text.endswith(" Act")
    assert plain("a]](b)").text == "a]](b)"


@given(TOKENS, st.integers(0, 60))
def test_places_of_the_source_are_found_in_the_plain_text(tokens, place):
    """The way there and back: the first position that lies at a place of the source or after it."""
    source = "".join(tokens)
    view = plain(source)
    expected = next((position for position in range(len(view.text)) if view.source(position) >= place), len(view.text))
    assert view.position(place) == expected
