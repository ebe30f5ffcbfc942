"""What the pipeline knows about a language, read from corpora/languages/*.toml.

One file a language, written so that a lawyer or linguist without Python can read and extend it: how laws print their
headings, number words, units of time, and the phrases by which a provision grants, refuses, delegates or leaves to
discretion. The machinery that uses them is one for all languages.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lexfloor.pipeline.errors import DataFileError

Phrases = tuple[Annotated[str, Field(min_length=1)], ...]


class DataModel(BaseModel):
    """Base of records read from data files: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Structure(DataModel):
    """The words by which laws of a language name the levels of their hierarchy, as printed beside a number."""

    book: Phrases = Field(default=(), description="Levels above the part: book, volume.")
    part: Phrases = Field(default=(), description="Part.")
    title: Phrases = Field(default=(), description="Title, where it is a level between part and chapter.")
    chapter: Phrases = Field(default=(), description="Chapter.")
    division: Phrases = Field(default=(), description="Levels between chapter and section that only group.")
    subdivision: Phrases = Field(default=(), description="Levels below the division that only group.")
    section: Phrases = Field(min_length=1, description="The numbered unit that lawyers cite: section, article, paragraph sign.")
    schedule: Phrases = Field(default=(), description="Schedule, annex, table after the body.")
    subsection: Phrases = Field(default=(), description="Words that open a subsection without a number: 'Parágrafo único'.")
    number_first: bool = Field(default=False, description="The number may stand before the word: '5. peatükk', '12 §'.")
    ordinals: dict[str, int] = Field(default_factory=dict, description="Ordinal words used as numbers of headings.")
    suffixes: Phrases = Field(
        default=("bis", "ter", "quater", "quinquies", "quinque", "sexies", "septies", "octies", "octo", "nonies", "novies", "decies", "undecies", "duodecies"),
        description="Words after a number that make it another: 13 bis.",
    )
    repealed: Phrases = Field(default=(), description="What stands in place of a repealed or omitted provision.")
    transitional: Phrases = Field(default=(), description="Headings of transitional and final provisions.")
    definitions: Phrases = Field(default=(), description="Headings of sections that define terms.")
    contents: Phrases = Field(default=(), description="Headings of tables of contents.")
    superseded: Phrases = Field(default=(), description="Words that introduce an earlier, superseded wording left in the file.")
    not_in_force: Phrases = Field(default=(), description="What a file prints beside a provision that is not yet, or never came, into force.")
    amending: Phrases = Field(default=(), description="Headings of provisions that only change other acts.")
    preamble: Phrases = Field(default=(), description="Words that open an enacting formula, recitals or a preamble.")
    notes: Phrases = Field(default=(), description="Words that introduce an editor's note: 'Note', 'Editorial note', 'Historical note'.")


class Amendments(DataModel):
    """How an amending act announces new wording of another act. Lower case; matched as whole words."""

    introduces: Phrases = Field(default=(), description="Says in a sentence that ends with a colon that new wording follows: 'is replaced by the following', 'queda redactado'.")
    changes: Phrases = Field(default=(), description="Other words by which one item of an amending act changes a provision: 'is repealed', 'becomes'.")


class References(DataModel):
    """How laws of a language refer to provisions. Every inflected form, plural and abbreviation that stands in running text."""

    section: Phrases = Field(default=(), description="The cited unit: 'section', 'sections', 's.', 'ss.'.")
    subsection: Phrases = Field(default=(), description="The numbered part of a section: 'subsection', 'Absatz', 'Abs.', 'apartado'.")
    paragraph: Phrases = Field(default=(), description="The unit below: 'paragraph', 'Nummer', 'Nr.', 'letra'.")
    item: Phrases = Field(default=(), description="The unit below that: 'subparagraph', 'Buchstabe', 'inciso'.")
    part: Phrases = Field(default=())
    title: Phrases = Field(default=())
    chapter: Phrases = Field(default=())
    division: Phrases = Field(default=())
    schedule: Phrases = Field(default=())
    unprinted: Phrases = Field(default=(), description="Units that print no number of their own: 'sentence', 'Satz', 'alinéa'; a reference keeps them, none is looked up.")
    joints: Phrases = Field(default=(), description="Words between the numbers of one reference: 'and', 'or', 'to'.")
    ranges: Phrases = Field(default=(), description="Those of the joints that stand between the first and the last number of a range: 'to', 'bis'.")
    this: Phrases = Field(default=(), description="Words before a unit without number that say it is the one in which they stand: 'this', 'dieses'.")
    of: Phrases = Field(default=(), description="Words between a unit and what holds it, whichever is printed first: 'of', 'of the', '-এর'.")
    holds: Phrases = Field(default=(), description="Those of `of` that only ever lead to what holds the unit, be it known or not: 'of', 'des', 'del'; never 'in', 'under'.")
    own_act: Phrases = Field(default=(), description="The act itself: 'this Act', 'the present Law'.")
    act: Phrases = Field(default=(), description="Nouns that name a kind of act, as they begin or end its name: 'Act', 'Code', 'Regulations'.")
    number_first: bool = Field(default=False, description="The number stands before the unit: '5 §:n 2 momentti'.")


class DefinitionWords(DataModel):
    """How laws of a language define terms."""

    means: Phrases = Field(default=(), description="Words between a term and its meaning: 'means', 'includes', 'has the meaning'.")
    introduces: Phrases = Field(default=(), description="Those of `lead` right after which a term stands: 'se entiende por', 'hereinafter referred to as', '所称'.")
    defines: Phrases = Field(default=(), description="Those of `means` that make a definition of any sentence which begins with a term: 'se rozumí', '是指'.")
    articles: Phrases = Field(default=(), description="Words with which a meaning begins right after its term, and that are no part of a term: 'the', 'any', 'toda', 'wer'.")
    lead: Phrases = Field(default=(), description="Words before a term that is defined: 'se entiende por', 'im Sinne dieses Gesetzes ist'.")
    by_stem: bool = Field(default=False, description="Nouns change their endings by case: a term is found by its Snowball stem, not by its plural alone.")
    scope: dict[str, Phrases] = Field(
        default_factory=dict, description="Words by which a definition is limited to a level: section = ['in this section'], part = ['in this Part']."
    )


class VersionWords(DataModel):
    """How a file of a language tells what kind of text it holds."""

    consolidated: Phrases = Field(default=(), description="Words that tell a consolidated text: 'consolidated version', 'as amended up to'.")
    as_enacted: Phrases = Field(default=(), description="Words that tell the text as enacted: 'as originally enacted', 'as published'.")
    repealed: Phrases = Field(default=(), description="Words by which a file says that the whole act is repealed: 'this Act was repealed'.")
    dated: Phrases = Field(default=(), description="Words before the date of the text: 'as at', 'status as of', 'in force on'.")


class Units(DataModel):
    """Words for units, every inflected form that occurs after a number."""

    days: Phrases
    weeks: Phrases
    months: Phrases
    years: Phrases
    percent: Phrases = Field(description="Percent sign and words: '%', 'per cent'.")
    unit_first: bool = Field(default=False, description="The unit stands before its number: 'siku tisini', 'miezi 6'.")
    hours: Phrases = Field(default=(), description="Hours of insured work: 'hours of insurable employment'.")
    times: Phrases = Field(default=(), description="Multiples of a base: 'times', 'fois', 'veces'.")
    hundredths: Phrases = Field(default=(), description="Words for a hundredth of a unit of money: 'cents', 'centimes', 'céntimos'.")


class Numbers(DataModel):
    """How numbers are written."""

    decimal: str = Field(min_length=1, max_length=1)
    thousands: Phrases
    words: dict[str, int] = Field(description="Cardinal number words, inflected forms included, at least 1 to 100 as needed.")
    fractions: dict[str, tuple[int, int]] = Field(description="Fractions in words: numerator and denominator.")
    ordinals: dict[str, int] = Field(default_factory=dict, description="Ordinals used as in 'from the fourth day'.")
    joints: Phrases = Field(default=(), description="Words inside a number in words or between it and a fraction: 'and', 'y', 'und'.")
    articles: Phrases = Field(default=(), description="Words that stand for one before a unit: 'a', 'une', 'ein'.")
    ordinal_endings: Phrases = Field(default=(), description="What makes a numeral an ordinal: 'th', 'º', '.'.")
    ranges: Phrases = Field(default=(), description="Words between the ends of a range: 'to', 'bis', '至'.")
    every: Phrases = Field(default=(), description="Words before a length of time by which something is counted or repeated: 'every', 'for each', 'per'.")
    every_after: Phrases = Field(default=(), description="The same where they follow: 'välein', 'ごと'.")
    intervals: dict[str, tuple[float, Literal["days", "weeks", "months", "years"]]] = Field(
        default_factory=dict, description="Intervals without a number: 'annually' is 1 year, 'quarterly' 3 months."
    )
    nothing: Phrases = Field(default=(), description="Phrases by which no time need pass or be completed: 'no waiting period'.")
    counted: Phrases = Field(default=(), description="Words before a unit whose number follows later: 'number of' weeks.")
    rates: Phrases = Field(default=(), description="Words that make a bare number after them a percentage: 'percentage', 'Vomhundertsatz'.")
    equals: Phrases = Field(default=(), description="Words between these and their number: 'is', 'beträgt', 'será de'.")
    dates: Phrases = Field(default=(), description="What makes a day before it a date: 'of the month', 'of each year'.")


class Pay(DataModel):
    """How laws of a language name a person's pay as what is received: "full pay" is a figure, 100 percent, that no number prints.

    In `whole` and `named` the sign "~" stands for a word for pay with any of the describing words beside it; a phrase without it
    is one as it stands.
    """

    words: Phrases = Field(default=(), description="What a person earns, every inflected form: 'wages', 'salary', 'sueldo', '工资'.")
    described: Phrases = Field(default=(), description="Words that may stand between a word for pay and the rest of a phrase: 'the', 'her', 'average', 'daily', 'of'.")
    whole: Phrases = Field(default=(), description="All of the pay: 'full ~', '~ in full', 'without loss of ~', 'fully paid'.")
    named: Phrases = Field(default=(), description="The pay as what is received: 'equal to ~', 'entitled to ~', 'leave with pay'.")
    other: Phrases = Field(default=(), description="Words right after a word for pay that make it something else: 'ceiling', 'slip', 'increase'.")
    denied: Phrases = Field(default=(), description="Single words that deny the phrase after them: 'not', 'without'.")


class Cues(DataModel):
    """Phrases that tell what a provision does. Lower case; matched as whole words."""

    entitlement: Phrases = Field(description="Grants a right or imposes payment: 'is entitled to', 'shall be paid'.")
    refusal: Phrases = Field(description="Denies or excludes: 'is not entitled', 'does not apply to'.")
    delegation: Phrases = Field(description="Leaves the matter to regulations or a decision: 'as may be prescribed'.")
    discretion: Phrases = Field(description="Leaves the grant to discretion: 'may be granted', 'at its discretion'.")
    exception: Phrases = Field(description="Limits what was just said: 'except', 'unless', 'notwithstanding'.")
    at_least: Phrases = Field(description="Comparators: 'at least', 'not less than'.")
    at_most: Phrases = Field(description="Comparators: 'at most', 'not exceeding', 'up to'.")
    of_which: Phrases = Field(default=(), description="What follows is about a part of the figure before: 'of which', 'including'.")
    lump_sum: Phrases = Field(description="A single payment: 'lump sum', 'gratuity'.")
    general_scope: Phrases = Field(description="Covers people at large: 'every employee', 'all residents'.")
    limited_scope: Phrases = Field(description="Covers by size, ceiling, sector or notice: 'establishments employing ten or more'.")


class ParameterWords(DataModel):
    """Words near a figure that tell which parameter it is; each list names what the figure measures."""

    maximum_duration: Phrases
    waiting_period: Phrases
    pensionable_age: Phrases
    qualifying_period: Phrases
    replacement_rate: Phrases = Field(description="Base of a benefit rate: 'of the average daily wage', 'of earnings'.")
    survivors: Phrases = Field(description="Persons of a survivors' rate: 'widow', 'orphan', 'surviving spouse'.")
    contribution_rate: Phrases
    age_limit_child: Phrases
    accrual_rate: Phrases
    degree_of_incapacity: Phrases
    time_limit_appeal: Phrases
    deadline: Phrases = Field(description="Time limits that are none of these: claims, notices, payment, penalties.")
    reference_period: Phrases = Field(default=(), description="The window in which periods are counted or earnings averaged: 'in the last', 'during the 36 months preceding'.")
    ceiling: Phrases = Field(default=(), description="The most that is paid or that counts: 'shall not exceed', 'maximum insurable earnings'.")
    minimum_benefit: Phrases = Field(default=(), description="The least that is paid: 'minimum pension', 'shall not be less than' of an amount.")
    total_value_per_child: Phrases = Field(default=(), description="What is paid for a child: 'for each child', 'child allowance amounts to'.")
    employee_contribution_share: Phrases = Field(default=(), description="Part of the contribution or of the cost borne by the employee: 'half of the contribution'.")
    adjustment_interval: Phrases = Field(default=(), description="How often benefits are adjusted: 'every year', 'annually on 1 January'.")


class Payers(DataModel):
    """Who pays a contribution."""

    employee: Phrases = Field(default=(), description="'payable by the employee', 'the insured person's contribution'.")
    employer: Phrases = Field(default=())
    state: Phrases = Field(default=())
    total: Phrases = Field(default=(), description="The contribution of all who pay, before its rate: 'total contribution', 'Gesamtbeitrag'.")
    shared: Phrases = Field(default=(), description="How a rate is shared out, after it: 'in equal shares', 'je zur Hälfte'.")
    paid_for: Phrases = Field(default=(), description="Persons for whom others pay, so that their names tell no payer: 'on behalf of each worker'.")


class Bases(DataModel):
    """What a percentage is taken of."""

    previous_earnings: Phrases = Field(default=(), description="'of the average daily wage', 'of earnings'.")
    minimum_wage: Phrases = ()
    average_wage: Phrases = Field(default=(), description="A wage of the economy at large: 'of the national average wage'.")
    reference_pension: Phrases = Field(default=(), description="Another benefit: 'of the pension of the deceased', 'of the full rate'.")
    contribution: Phrases = Field(default=(), description="The whole contribution or cost: 'of the contribution'.")


class Cases(DataModel):
    """For whom, or in which case, a figure holds."""

    men: Phrases = ()
    women: Phrases = ()
    self_employed: Phrases = ()
    multiple_birth: Phrases = ()
    widow: Phrases = Field(default=(), description="Widows, widowers, surviving partners.")
    orphan: Phrases = ()
    with_children: Phrases = Field(default=(), description="'who has a dependent child', 'with two children'.")
    total_incapacity: Phrases = ()
    partial_incapacity: Phrases = ()
    early: Phrases = Field(default=(), description="Early or reduced: 'early pension', 'before pensionable age'.")
    special_work: Phrases = Field(default=(), description="Miners, arduous work, armed forces.")
    public_service: Phrases = Field(default=(), description="Civil servants and others who work for the state under rules of their own.")
    parental: Phrases = Field(default=(), description="Leave that is not the mother's alone: parental, paternity, adoption leave.")
    compulsory: Phrases = Field(default=(), description="The part of a leave during which nobody may work: 'compulsory leave', 'shall not work'.")
    before_birth: Phrases = Field(default=(), description="The time before the birth: 'before confinement', 'prior to the expected date of delivery'.")
    after_birth: Phrases = Field(default=(), description="The time after the birth: 'after confinement', 'following delivery'.")
    per_day: Phrases = Field(default=(), description="For what time an amount is paid or a rate accrues: 'daily', 'for each day'.")
    per_week: Phrases = ()
    per_month: Phrases = ()
    per_year: Phrases = ()
    means_tested: Phrases = Field(default=(), description="Only persons of small means receive it: 'means-tested', 'whose income does not exceed'.")
    residence: Phrases = Field(default=(), description="A period of residence, not of contribution: 'years of residence'.")


class Matters(DataModel):
    """What a passage is about: a figure near the words of ``benefit`` measures one, near those of the other lists rather none."""

    benefit: Phrases = Field(default=(), description="Benefits and those who have them: 'pension', 'allowance', 'insured person'.")
    penalty: Phrases = Field(default=(), description="Fines, imprisonment, sanctions.")
    office: Phrases = Field(default=(), description="Boards and offices: 'term of office', 'quorum', 'appointed'.")
    procedure: Phrases = Field(default=(), description="Decisions, notices, reports, publication, commencement.")
    employment: Phrases = Field(default=(), description="Terms of employment that are no benefit: 'overtime', 'rest period', 'annual leave', 'notice of termination'.")
    finance: Phrases = Field(default=(), description="Interest, investment, costs, taxes, loans, repayment.")
    means: Phrases = Field(default=(), description="Income and property of a means test or of a base: 'disregarded', 'household income'.")
    counting: Phrases = Field(default=(), description="How something is counted or rounded: 'counts as', 'rounded up', 'divided by'.")
    records: Phrases = Field(default=(), description="Records, licences, training, inspection: 'retained', 'licence', 'course'.")


class LanguageRules(DataModel):
    """All that is known of one language."""

    code: str = Field(pattern=r"^[a-z]{2,3}$", description="ISO 639-1 code, 639-3 where there is none.")
    name: str = Field(description="English name.")
    stands_for: Phrases = Field(default=(), description="Other codes of the language, and languages close enough to be read alike: 'spa', 'ms'.")
    legacy_encoding: str = Field(default="cp1252", description="The encoding that old files of the language are in when they are not UTF-8.")
    stemmer: str = Field(default="", description="Snowball algorithm for BM25, empty where there is none.")
    spacy: str = Field(default="xx", description="spaCy blank language, 'xx' where spaCy has none.")
    spaced: bool = Field(default=True, description="False where words are not separated by spaces.")
    abbreviations: Phrases = Field(default=(), description="Abbreviations whose full stop ends no sentence, lower case, with the stop.")
    longevity: Phrases = Field(default=(), description="How long people live, to which ages are tied: 'life expectancy'. Lower case, whole words.")
    at_will: Phrases = Field(default=(), description="Leaves a right to the will of whoever grants it: 'thinks fit', 'decides otherwise'. Lower case, whole words.")
    structure: Structure
    amendments: Amendments = Amendments()
    units: Units
    numbers: Numbers
    pay: Pay = Pay()
    cues: Cues
    parameters: ParameterWords
    payers: Payers = Payers()
    bases: Bases = Bases()
    cases: Cases = Cases()
    matters: Matters = Matters()
    references: References = References()
    definitions: DefinitionWords = DefinitionWords()
    version: VersionWords = VersionWords()

    def __hash__(self) -> int:
        """Return the hash of the code: rules are compared whole but found by their language."""
        return hash(self.code)


def known_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a file, sorted."""
    folder = files("lexfloor.corpora") / "languages"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def language_rules(code: str) -> LanguageRules:
    """Return the rules of a language.

    Raises:
        DataFileError: there is no file for the code, or the file is broken; names the field.
    """
    entry = files("lexfloor.corpora") / "languages" / f"{code}.toml"
    if not entry.is_file():
        raise DataFileError(f"corpora/languages/{code}.toml", "", f"no such language; known: {', '.join(known_languages())}")
    return read_language(entry.read_text(encoding="utf-8"), f"corpora/languages/{code}.toml")


@cache
def nearest_language(code: str) -> str:
    """Return the code itself where it has a file, a language that stands for it, or "und" (layout and numbers only)."""
    known = known_languages()
    if code in known:
        return code
    return next((other for other in known if code in language_rules(other).stands_for), "und")


def read_language(source: str, name: str) -> LanguageRules:
    """Return the rules in a TOML text; ``name`` is the file named in errors.

    Raises:
        DataFileError: the text is no TOML, or a field is missing, unknown or of the wrong kind.
    """
    try:
        return LanguageRules.model_validate(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(name, "", f"not valid TOML: {error}") from error
    except ValidationError as error:
        raise DataFileError.of_validation(name, "", error) from error
