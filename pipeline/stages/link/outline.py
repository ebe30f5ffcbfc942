"""Which provisions of a law a reference means: an index of its sections and groups by number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, product

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers import HAN_NUMBER, han_value
from lexfloor.pipeline.records import GROUPING, INNER, Level, Provision
from lexfloor.pipeline.stages.link.places import even
from lexfloor.pipeline.stages.link.references import Group, Mention, Number
from lexfloor.pipeline.stages.segment.labels import normalized, roman_value

MOST_TARGETS = 40
"""Targets of one reference that are kept, so that "articles 1 to 400" is no flood."""
_FIRST_LETTERS = 5
_SPAN = re.compile(r"(?P<first>\d+)-(?P<last>\d+)")
_LETTERS = re.compile(r"[^\W\d_]+")
Step = tuple[Group, Number]


class Outline:
    """The provisions of one law, found by level and number."""

    def __init__(self, provisions: Sequence[Provision], rules: LanguageRules) -> None:
        """Index the provisions of one law, given in order of the text."""
        self._rules = rules
        self._nodes: dict[str, Provision] = {node.id: node for node in provisions}
        self._order = {node.id: index for index, node in enumerate(provisions)}
        self._children: dict[str, list[Provision]] = defaultdict(list)
        self._by_number: dict[tuple[Level, str, str], list[Provision]] = defaultdict(list)
        self._in_order = [node for node in provisions if node.level is Level.SECTION]
        for node in provisions:
            if node.level in INNER:
                self._children[node.parent].append(node)
            elif node.label:
                self._by_number[node.level, *label_key(node.label, rules)].append(node)

    def targets(self, mention: Mention, base: Provision | None) -> list[Provision]:
        """Return the provisions that a reference names; ``base`` is where it stands, None where it stands in another law."""
        steps = [[(group, number) for number in self._numbers(group)] for group in mention.level_groups()]
        ways = islice(_inward(steps) if mention.inward else product(*steps), MOST_TARGETS)
        found: list[Provision] = []
        before: tuple[Step, ...] | None = None
        for way in ways:
            target = self._down(way, base, mention)
            if target is None:
                before = None
                continue
            if before is not None and found and before[-1][1].reaches:
                found += islice(self._between(found[-1], target), MOST_TARGETS)
            found.append(target)
            before = way
        return list({target.id: target for target in found}.values())

    def node(self, node_id: str) -> Provision | None:
        """Return the provision of an id, None where the law has none."""
        return self._nodes.get(node_id)

    def above(self, node: Provision) -> list[Provision]:
        """Return the nodes above one, the nearest first."""
        found = []
        while (upper := self._nodes.get(node.parent)) is not None:
            found.append(upper)
            node = upper
        return found

    def _numbers(self, group: Group) -> Iterator[Number]:
        """Yield a group's numbers, "15-17" as a range where no provision bears it as its label."""
        for number in group.numbers:
            span = _SPAN.fullmatch(number.path[0])
            if group.level is Level.SECTION and span and int(span["first"]) < int(span["last"]) and not self._sections(group, number.path[0]):
                yield Number((span["first"],), reaches=True)
                yield Number((span["last"], *number.path[1:]), number.reaches)
            else:
                yield number

    def _down(self, way: tuple[Step, ...], base: Provision | None, mention: Mention) -> Provision | None:
        """Return the innermost provision on the way that exists; None where already the outermost does not."""
        current: Provision | None = None
        for group, number in way:
            if group.level in GROUPING:
                current = self._best(self._by_number.get((group.level, *unit_key(group.word, number.path[0])), []), current, base) or current
            elif group.level is Level.SECTION:
                current = self._section(group, number.path, current, base)
                if current is None:
                    return None
            else:
                current = self._inside(group, number.path, current, base)
        return current if not (mention.elsewhere and way[0][0].level not in (*GROUPING, Level.SECTION)) else None

    def _sections(self, group: Group, label: str) -> list[Provision]:
        return self._by_number.get((Level.SECTION, *unit_key(group.word, label)), [])

    def _section(self, group: Group, path: tuple[str, ...], current: Provision | None, base: Provision | None) -> Provision | None:
        section = self._best(self._sections(group, path[0]), current, base)
        if section is not None:
            return self._descend(section, path[1:])
        head, *inner = re.split(r"[.:\-]", path[0])
        if not inner or (section := self._best(self._sections(group, head), current, base)) is None:
            return None
        deeper = self._descend(section, (*inner, *path[1:]))
        return deeper if deeper is not section else None  # "5-1" is no section 5 without a part 1

    def _inside(self, group: Group, path: tuple[str, ...], current: Provision | None, base: Provision | None) -> Provision | None:
        """Return what lies at inner numbers: of the provision reached so far, else of the section in which the reference stands."""
        if current is not None:
            if current.level in GROUPING:
                return self._best(self._by_number.get((Level.SECTION, "", _number(path[0])), []), current, base) or current
            return self._descend(current, path)
        if len(path) > 1 and (section := self._best(self._by_number.get((Level.SECTION, "", _number(path[0])), []), None, base)) is not None:
            return self._descend(section, path[1:])  # "subsection 12(3)"
        if base is None:
            return None
        around = [base, *(node for node in self.above(base) if node.level in (*INNER, Level.SECTION))]
        section = around[-1]
        order = [section, *around[:-1]] if group.level is Level.SUBSECTION else around
        for node in order:
            if (reached := self._descend(node, path)) is not node:
                return reached
        return section

    def _descend(self, node: Provision, path: tuple[str, ...]) -> Provision:
        """Return the node reached by labels, each a child's of the one before, or of a lone list below it."""
        for label in path:
            wanted = _number(label)
            below = self._children.get(node.id, [])
            found = [child for child in below if _number(child.label) == wanted]
            if not found:
                found = [child for nearer in below for child in self._children.get(nearer.id, []) if _number(child.label) == wanted]
                if len(found) != 1:
                    return node
            node = found[0]
        return node

    def _best(self, found: Sequence[Provision], within: Provision | None, base: Provision | None) -> Provision | None:
        """Return the candidate in force that lies in the group named, or nearest in the hierarchy to where the reference stands."""
        if within is not None and within.level in GROUPING:
            found = [node for node in found if within in self.above(node)]
        if len(found) < 2:
            return found[0] if found else None
        around = {node.id for node in self.above(base)} if base is not None else set()

        def nearness(node: Provision) -> tuple[bool, int, int]:
            return node.citable, sum(upper.id in around for upper in self.above(node)), -self._order[node.id]

        return max(found, key=nearness)

    def _between(self, first: Provision, last: Provision) -> Iterator[Provision]:
        """Yield the provisions between two of one level, in order of the text."""
        siblings = self._in_order if first.level is Level.SECTION else self._children.get(first.parent, [])
        if first.level is last.level and (first.level is Level.SECTION or first.parent == last.parent):
            yield from (node for node in siblings if self._order[first.id] < self._order[node.id] < self._order[last.id] and node.label)


def _inward(steps: Sequence[Sequence[Step]]) -> Iterator[tuple[Step, ...]]:
    """Yield the ways of "§ 1 Absatz 2, 3 und 4 Nummer 2": each number but the last of a list ends its way."""
    prefix: tuple[Step, ...] = ()
    for index, step in enumerate(steps):
        last = index == len(steps) - 1
        yield from ((*prefix, one) for one in (step if last else step[:-1]))
        prefix = (*prefix, step[-1])


@cache
def label_key(label: str, rules: LanguageRules) -> tuple[str, str]:
    """Return the kind and the number of a provision's printed label: kinds keep "Disposición adicional 1" and "Artículo 1" apart."""
    ordinals = _ordinals(rules)
    words = _LETTERS.findall(even(re.split(r"\d", label)[0]))
    if not re.search(r"\d", label) and (value := sum(ordinals.get(word, 0) for word in words)):
        return _kind([word for word in words if word not in ordinals]), str(value)
    roman = re.search(r"\b[IVXLCDM]+\b|\b[^\W\d_](?=\W*$)", label)
    if roman and not re.search(r"\d", label):
        return _kind([word for word in words if word != roman[0].lower()]), _number(roman[0])
    return _kind(words if re.search(r"\d", label) else []), _number(label)


def unit_key(word: str, number: str) -> tuple[str, str]:
    """Return the kind and the number that a reference names."""
    return _kind(_LETTERS.findall(word)), _number(number.upper())


def _kind(words: Sequence[str]) -> str:
    """Return what tells a kind of provision: the beginnings of its words where it is named by more than one."""
    long = [word[:_FIRST_LETTERS] for word in words if len(word) > 3]
    return " ".join(long) if len(long) > 1 else ""


@cache
def _ordinals(rules: LanguageRules) -> dict[str, int]:
    return {even(word): value for word, value in {**rules.numbers.ordinals, **rules.structure.ordinals}.items() if word[:1].isalpha()}


@cache
def _number(label: str) -> str:
    """Return a number in one spelling, Roman and Chinese ones as digits.

    >>> _number("IV"), _number("(三)"), _number("12A."), _number("(a)")
    ('4', '3', '12a', 'a')
    """
    bare = label.strip(" ().[]:：（）、")
    if re.fullmatch(HAN_NUMBER, bare):
        return str(han_value(bare))
    number = normalized(even(label).upper() if not label.startswith("第") else label)
    number = re.sub(r"^([lrda])-(?=\d)", r"\1", number)  # "L. 212-11" is "L212-11"
    return str(value) if len(number) > 1 and bare.isupper() and (value := roman_value(number)) else number
