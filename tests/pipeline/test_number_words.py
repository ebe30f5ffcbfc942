"""Every number from 0 to 10,000, written in words as each language writes it, is read back."""

import pytest

from lexfloor.corpora.languages import language_rules
from lexfloor.pipeline.numbers import number_value, quantities


def _words(text):
    return text.split()


EN = _words("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
FR = _words("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf")
FR_TENS = _words("vingt trente quarante cinquante soixante")
ES = _words(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno "
    "veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
)
ES_TENS = _words("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
ES_HUNDREDS = _words("ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos")
PT = _words("zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove")
PT_TENS = _words("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
PT_HUNDREDS = _words("cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos")
DE = _words("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn")
DE_TENS = _words("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
NL = _words("nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien")
NL_TENS = _words("twintig dertig veertig vijftig zestig zeventig tachtig negentig")
IT = _words("zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove")
IT_TENS = _words("venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
CS = _words("nula jeden dva tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct patnáct šestnáct sedmnáct osmnáct devatenáct")
CS_TENS = _words("dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát")
ET = _words("null üks kaks kolm neli viis kuus seitse kaheksa üheksa kümme")
EL = _words("μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα δέκα έντεκα δώδεκα δεκατρία δεκατέσσερα δεκαπέντε δεκαέξι δεκαεπτά δεκαοκτώ δεκαεννέα")
EL_TENS = _words("είκοσι τριάντα σαράντα πενήντα εξήντα εβδομήντα ογδόντα ενενήντα")
EL_HUNDREDS = _words("εκατόν διακόσια τριακόσια τετρακόσια πεντακόσια εξακόσια επτακόσια οκτακόσια εννιακόσια")


def _joined(high, low, between=" "):
    return f"{high}{between}{low}" if low else high


def _parts(number):
    return number // 1000, number % 1000 // 100, number % 100


def english(number, joint=" and "):
    """Return 2345 as "two thousand three hundred and forty-five"."""
    if number < 100:
        return EN[number] if number < 20 else _joined(EN_TENS[number // 10 - 2], EN[number % 10] if number % 10 else "", "-")
    size, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % size
    return _joined(f"{english(number // size, joint)} {word}", english(rest, joint) if rest else "", joint if rest < 100 else " ")


def french(number, dash="-"):
    """Return 1971 as "mille neuf cent soixante et onze"."""
    thousands, hundreds, rest = _parts(number)
    words = [] if not thousands else ["mille"] if thousands == 1 else [french(thousands, dash), "mille"]
    if hundreds:
        words += ([FR[hundreds]] if hundreds > 1 else []) + ["cents" if hundreds > 1 and not rest else "cent"]
    if rest or not words:
        words.append(_french_small(rest, dash))
    return " ".join(words)


def _french_small(number, dash):
    if number < 20:
        return FR[number].replace("-", dash)
    if number >= 80:
        return "quatre-vingts".replace("-", dash) if number == 80 else f"quatre-vingt-{FR[number - 80]}".replace("-", dash)
    tens = FR_TENS[min(number // 10, 6) - 2]
    low = number - 10 * min(number // 10, 6)
    if low in (1, 11):
        return f"{tens} et {FR[low]}"
    return _joined(tens, FR[low] if low else "", dash).replace("-", dash)


def spanish(number):
    """Return 2345 as "dos mil trescientos cuarenta y cinco"."""
    thousands, hundreds, rest = _parts(number)
    words = [] if not thousands else ["mil"] if thousands == 1 else [spanish(thousands), "mil"]
    if hundreds:
        words.append("cien" if hundreds == 1 and not rest else ES_HUNDREDS[hundreds - 1])
    if rest or not words:
        words.append(ES[rest] if rest < 30 else _joined(ES_TENS[rest // 10 - 3], ES[rest % 10] if rest % 10 else "", " y "))
    return " ".join(words)


def portuguese(number):
    """Return 2345 as "dois mil trezentos e quarenta e cinco"."""
    thousands, hundreds, rest = _parts(number)
    words = [] if not thousands else ["mil"] if thousands == 1 else [f"{PT[thousands]} mil"]
    small = PT[rest] if rest < 20 else _joined(PT_TENS[rest // 10 - 2], PT[rest % 10] if rest % 10 else "", " e ")
    if hundreds:
        return " ".join((*words, "cem" if hundreds == 1 and not rest else _joined(PT_HUNDREDS[hundreds - 1], small if rest else "", " e ")))
    return " e ".join((*words, small)) if rest or not words else words[0]


def german(number, joint=""):
    """Return 2345 as "zweitausenddreihundertfünfundvierzig"."""
    thousands, hundreds, rest = _parts(number)
    text = f"{'ein' if thousands == 1 else german(thousands)}tausend" if thousands else ""
    text += f"{'ein' if hundreds == 1 else DE[hundreds]}hundert" if hundreds else ""
    if text and not rest:
        return text
    small = DE[rest] if rest < 20 else f"{'ein' if rest % 10 == 1 else DE[rest % 10]}und{DE_TENS[rest // 10 - 2]}" if rest % 10 else DE_TENS[rest // 10 - 2]
    return f"{text}{joint if text else ''}{small}"


def dutch(number):
    """Return 2345 as "tweeduizend driehonderdvijfenveertig"."""
    thousands, hundreds, rest = _parts(number)
    first = f"{dutch(thousands) if thousands > 1 else ''}duizend" if thousands else ""
    text = f"{NL[hundreds] if hundreds > 1 else ''}honderd" if hundreds else ""
    if rest or not (first or text):
        unit = NL[rest % 10]
        text += NL[rest] if rest < 20 else f"{unit}{'ën' if unit.endswith('e') else 'en'}{NL_TENS[rest // 10 - 2]}" if rest % 10 else NL_TENS[rest // 10 - 2]
    return _joined(first, text) if first else text


def italian(number):
    """Return 2345 as "duemilatrecentoquarantacinque"."""
    thousands, hundreds, rest = _parts(number)
    text = "" if not thousands else "mille" if thousands == 1 else f"{italian(thousands)}mila"
    text += f"{IT[hundreds] if hundreds > 1 else ''}cento" if hundreds else ""
    if text and not rest:
        return text
    if rest < 20:
        return text + IT[rest]
    tens, unit = IT_TENS[rest // 10 - 2], rest % 10
    if unit == 0:
        return text + tens
    return text + (tens[:-1] if unit in (1, 8) else tens) + ("tré" if unit == 3 else IT[unit])


def czech(number):
    """Return 2345 as "dva tisíce tři sta čtyřicet pět"."""
    thousands, hundreds, rest = _parts(number)
    words = []
    if thousands:
        words += ["tisíc"] if thousands == 1 else [CS[thousands], "tisíce" if thousands < 5 else "tisíc"]
    if hundreds:
        words.append({1: "sto", 2: "dvě stě", 3: "tři sta", 4: "čtyři sta"}.get(hundreds) or f"{CS[hundreds]} set")
    if rest or not words:
        words.append(CS[rest] if rest < 20 else _joined(CS_TENS[rest // 10 - 2], CS[rest % 10] if rest % 10 else ""))
    return " ".join(words)


def estonian(number):
    """Return 2345 as "kaks tuhat kolmsada nelikümmend viis"."""
    thousands, hundreds, rest = _parts(number)
    words = [] if not thousands else ["tuhat"] if thousands == 1 else [ET[thousands], "tuhat"]
    if hundreds:
        words.append(f"{ET[hundreds] if hundreds > 1 else ''}sada")
    if rest or not words:
        words.append(ET[rest] if rest <= 10 else f"{ET[rest - 10]}teist" if rest < 20 else _joined(f"{ET[rest // 10]}kümmend", ET[rest % 10] if rest % 10 else ""))
    return " ".join(words)


def greek(number):
    """Return 2345 as "δύο χιλιάδες τριακόσια σαράντα πέντε"."""
    thousands, hundreds, rest = _parts(number)
    words = [] if not thousands else ["χίλια"] if thousands == 1 else [{3: "τρεις", 4: "τέσσερις"}.get(thousands, EL[thousands]), "χιλιάδες"]
    if hundreds:
        words.append("εκατό" if hundreds == 1 and not rest else EL_HUNDREDS[hundreds - 1])
    if rest or not words:
        words.append(EL[rest] if rest < 20 else _joined(EL_TENS[rest // 10 - 2], EL[rest % 10] if rest % 10 else ""))
    return " ".join(words)


def chinese(number):
    """Return 2305 as "二千三百零五"."""
    digits = "零一二三四五六七八九"
    if number == 0:
        return digits[0]
    text, gap = "", False
    for size, unit in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + unit
        gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


RENDERERS = {
    "en": english, "fr": french, "es": spanish, "pt": portuguese, "de": german, "nl": dutch, "it": italian, "cs": czech, "et": estonian, "el": greek, "zh": chinese,
}  # fmt: skip
OTHER_SPELLINGS = [
    ("en", lambda number: english(number, " ")),
    ("en", lambda number: english(number).replace("-", " ")),
    ("en", lambda number: english(number).upper()),
    ("fr", lambda number: french(number).replace(" ", "-")),
    ("fr", lambda number: french(number, " ")),
    ("de", lambda number: german(number, "und")),
    ("de", lambda number: german(number).replace("ß", "ss")),
    ("nl", lambda number: dutch(number).replace(" ", "")),
    ("et", lambda number: estonian(number).replace(" ", "")),
    ("el", lambda number: greek(number).upper()),
]


@pytest.mark.parametrize("language", RENDERERS)
def test_every_number_in_words(language):
    """Numbers 0 to 10,000 in words have their value."""
    rules, render = language_rules(language), RENDERERS[language]
    wrong = [(number, render(number), value) for number in range(10_001) if (value := number_value(render(number), rules)) != number]
    assert not wrong, (len(wrong), wrong[:10])


@pytest.mark.parametrize("language", RENDERERS)
def test_every_number_in_words_with_a_unit(language):
    """A number in words before a unit is one figure."""
    rules, render = language_rules(language), RENDERERS[language]
    unit = rules.units.days[0]
    for number in (*range(1, 130), *range(130, 10_001, 37)):
        text = f"{render(number)}{' ' if rules.spaced else ''}{unit}"
        assert [(quantity.value, quantity.unit) for quantity in quantities(text, rules)] == [(number, "days")], text


@pytest.mark.parametrize(("language", "render"), OTHER_SPELLINGS)
def test_other_spellings(language, render):
    """With or without hyphens and joining words, in one word or several, a number is the same."""
    rules = language_rules(language)
    wrong = [(number, render(number), value) for number in range(1, 10_001, 3) if (value := number_value(render(number), rules)) != number]
    assert not wrong, (len(wrong), wrong[:10])
