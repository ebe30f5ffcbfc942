"""Writes a counter as a numbering format prints it: letters, roman numerals, digits and alphabets of many scripts."""

from __future__ import annotations

import re

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_ROMAN = 4999
_MOST_REPEATS = 30
"""Letters past the alphabet repeat ("aa", "bb"); Word begins anew after thirty."""
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ALPHABETS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN.upper(),
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "hindiConsonants": "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
    "hindiVowels": "अआइईउऊऋएऐओऔ",
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "aiueo": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
    "irohaFullWidth": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
    "chicago": "*†‡§",
}
_LISTS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}
"""Characters that end: what counts further is printed in digits."""
_DIGITS = {
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
    "hindiNumbers": "०१२३४५६७८९",
    "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    "koreanDigital": "영일이삼사오육칠팔구",
    "koreanDigital2": "零一二三四五六七八九",
}
_COUNTED = {
    "chineseCounting": ("〇一二三四五六七八九", "十百千", True),
    "chineseCountingThousand": ("〇一二三四五六七八九", "十百千", True),
    "taiwaneseCounting": ("○一二三四五六七八九", "十百千", True),
    "taiwaneseCountingThousand": ("○一二三四五六七八九", "十百千", True),
    "japaneseCounting": (" 一二三四五六七八九", "十百千", True),
    "koreanCounting": (" 일이삼사오육칠팔구", "십백천", True),
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", False),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟", False),
    "japaneseLegal": (" 壱弐参四伍六七八九", "拾百阡", False),
}
"""Digits from zero (a blank where gaps are not told), units from ten, and whether the one before a ten is left out."""
_HEBREW = ((400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע"), (60, "ס"), (50, "נ"), (40, "מ"), (30, "ל"), (20, "כ"))
_HEBREW_ONES = "אבגדהוזחטיכ"


def numeral(counter: int, form: str) -> str:
    """Return a counter in a numbering format of OOXML; in decimal digits where the format is unknown or cannot print it.

    >>> numeral(28, "lowerLetter"), numeral(14, "upperRoman"), numeral(7, "decimalZero"), numeral(21, "chineseCounting")
    ('bb', 'XIV', '07', '二十一')
    """
    if form in ("none", "bullet"):
        return ""
    if counter <= 0:
        return str(counter)
    if form in ("lowerRoman", "upperRoman") and counter <= _MOST_ROMAN:
        return _roman(counter) if form == "lowerRoman" else _roman(counter).upper()
    if alphabet := _ALPHABETS.get(form):
        turns, place = divmod(counter - 1, len(alphabet))
        return alphabet[place] * (turns % _MOST_REPEATS + 1)
    if (listed := _LISTS.get(form)) and counter <= len(listed):
        return listed[counter - 1]
    if digits := _DIGITS.get(form):
        return "".join(digits[int(digit)] for digit in str(counter))
    if (counted := _COUNTED.get(form)) and counter < 10_000:
        return _counted(counter, *counted)
    if form == "hebrew1" and counter < 500:
        return _hebrew(counter)
    return _in_digits(counter, form)


def listed_numeral(counter: int, examples: str) -> str:
    """Return a counter in a custom format, which is stated by its beginning ("001, 002, 003, ...").

    >>> listed_numeral(12, "001, 002, 003, ..."), listed_numeral(2, "α, β, γ, ...")
    ('012', 'β')
    """
    beginning = [example.strip() for example in examples[:400].split(",") if example.strip(" .…")]
    if 0 < counter <= len(beginning):
        return beginning[counter - 1]
    if beginning and re.fullmatch(r"0{1,5}\d", beginning[0]):
        return str(counter).zfill(len(beginning[0]))
    if beginning and len(beginning[0]) == 1 and beginning[0].isalpha() and 0 < counter <= len(_LATIN):
        return _in_alphabet(counter, beginning)
    return str(counter)


def _in_alphabet(counter: int, beginning: list[str]) -> str:
    """Go on with an alphabet of which only the first letters are shown, by code point: Greek, with its two kinds of sigma."""
    code = ord(beginning[0]) + counter - 1
    if beginning[0] in "αΑ" and code >= ord(beginning[0]) + 17:
        code += 1
    return chr(code)


def _in_digits(counter: int, form: str) -> str:
    if form == "decimalZero":
        return f"{counter:02d}"
    if form == "ordinal":
        teen = counter % 100 in (11, 12, 13)
        return f"{counter}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(counter % 10, 'th')}"
    if form == "numberInDash":
        return f"- {counter} -"
    return f"{counter:X}" if form == "hex" else str(counter)


def _roman(counter: int) -> str:
    written = []
    for worth, letters in _ROMAN:
        times, counter = divmod(counter, worth)
        written.append(letters * times)
    return "".join(written)


def _counted(counter: int, digits: str, units: str, short: bool) -> str:
    """Write a number up to 9,999 with its units named; a gap between them is told by one zero, a leading ten needs no one."""
    written, gap = "", False
    for power in (3, 2, 1, 0):
        digit = counter // 10**power % 10
        if not digit:
            gap = bool(written)
            continue
        silent = short and digit == 1 and power > 0 and (digits[0] == " " or (power == 1 and not written))
        written += (digits[0].strip() if gap else "") + ("" if silent else digits[digit]) + (units[power - 1] if power else "")
        gap = False
    return written


def _hebrew(counter: int) -> str:
    written = ""
    for worth, letter in _HEBREW:
        if counter >= worth:
            written, counter = written + letter, counter - worth
    if counter in (15, 16):
        return written + ("טו" if counter == 15 else "טז")
    if counter > 10:
        written, counter = written + "י", counter - 10
    return written + (_HEBREW_ONES[counter - 1] if counter else "")
