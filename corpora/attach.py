"""An instrument's official text, read from a file that the user has and joined to the requirements by article."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.errors import InputError

_ARTICLE = re.compile(r"(?im)^[#*\s]*(?:art(?:icle|ículo|ikel|icolo|igo)?\.?)\s+(\d+)\b[^\n]*$")


def attached(standard: Standard, path: Path) -> tuple[dict[str, str], list[str]]:
    """Return the text of each article that the requirements name, and the articles the file does not have.

    A JSON file maps articles to texts or lists objects with an article's number and text (of several language versions the
    first counts); any other file is cut at lines that begin with "Article N".

    Raises:
        InputError: the file cannot be read, or no article is found in it.
    """
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error}); give the instrument's text or JSON") from error
    articles = _of_json(source, path) if path.suffix.lower() == ".json" else _of_text(source)
    if not articles:
        raise InputError(f"{path}: no line begins with 'Article' and a number; give the official text with its article headings")
    wanted = list(dict.fromkeys(requirement.main_article for requirement in standard.requirements))
    return {article: articles[article] for article in wanted if article in articles}, [article for article in wanted if article not in articles]


def _of_text(source: str) -> dict[str, str]:
    found = list(_ARTICLE.finditer(source))
    ends = [*(match.start() for match in found[1:]), len(source)][: len(found)]
    articles: dict[str, str] = {}
    for match, end in zip(found, ends, strict=True):
        text = re.sub(r"\s+", " ", source[match.start() : end]).strip(" #*")
        if len(text) > len(articles.get(match[1], "")):  # a contents line is shorter than the article
            articles[match[1]] = text
    return articles


def _of_json(source: str, path: Path) -> dict[str, str]:
    try:
        content = json.loads(source)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: not valid JSON ({error})") from error
    articles: dict[str, str] = {}
    pending = [content]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending += reversed(item)
        elif isinstance(item, dict):
            number, text = next((item[key] for key in ("article", "number", "num", "label") if key in item), None), item.get("text") or item.get("content")
            digits = re.search(r"\d+", str(number)) if number is not None else None
            if digits and isinstance(text, str):
                articles.setdefault(digits[0], re.sub(r"\s+", " ", text).strip())
            elif all(isinstance(value, str) for value in item.values()) and any(re.search(r"\d", key) for key in item):
                articles |= {found[0]: re.sub(r"\s+", " ", value) for key, value in item.items() if (found := re.search(r"\d+", key))}
            else:
                pending += reversed([value for value in item.values() if isinstance(value, list | dict)])
    return articles
