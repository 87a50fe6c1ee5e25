"""What every page promises: usable by everybody, on every width, in one language, without a complaint."""

import functools
import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from playwright.sync_api import Page

from core import i18n
from scoring.rules.messages import CATALOGUE
from tests.axe import violations

WIDTHS = (320, 1024, 1280)
LANGUAGES = {"zh": "zh-CN", "en": "en"}

# What one can press: 44 px high, 60 px where a judge works standing. A choice counts with its label; a link
# inside of a sentence is as high as its line.
SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((control) => control.checkVisibility() && !control.closest("p, .skip"))
  .filter((control) => getComputedStyle(control, "::after").position !== "absolute")
  .filter((control) => Math.max(control.getBoundingClientRect().height,
    control.closest("label")?.getBoundingClientRect().height ?? 0)
    < (control.closest("[data-density=touch]") ? 59.5 : 43.5))
  .map((control) => `${Math.round(control.getBoundingClientRect().height)} px: `
    + control.outerHTML.slice(0, 140))"""
WIDE = """() => [
  ...(document.documentElement.scrollWidth > innerWidth
    ? [`the page is ${document.documentElement.scrollWidth} px wide`] : []),
  ...[...document.querySelectorAll("body *")]
    .filter((element) => !element.matches(".scroll, .scroll *, input, select, textarea, .visually-hidden"))
    .filter((element) => element.scrollWidth > element.clientWidth + 1
      && ["auto", "scroll"].includes(getComputedStyle(element).overflowX))
    .map((element) => `scrolls sideways: ${element.outerHTML.slice(0, 140)}`)]"""


def small_controls(page: Page) -> list[str]:
    """Return what is too low to be pressed with a finger."""
    return list(page.evaluate(SMALL))


def too_wide(page: Page) -> list[str]:
    """Return what has to be moved sideways at one of the widths; wide tables scroll within themselves."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {fault}" for fault in page.evaluate(WIDE)]
    return found


class Words(HTMLParser):
    """Collects the words of a page: its texts, and attributes that are read out or shown."""

    SAID = frozenset({"aria-label", "title", "placeholder", "alt", "label"})
    SILENT = frozenset({"script", "style"})
    EMPTY = frozenset({"meta", "link", "input", "br", "img", "hr", "source", "wbr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language, self.texts = "", []
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element; what is marked as another language is nobody's mistake."""
        named = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = named.get("lang", "")
        foreign = self._silent() or tag in self.SILENT or named.get("lang", self.language) != self.language
        if tag not in self.EMPTY:
            self._open.append((tag, foreign))
        if not foreign:
            self.texts += [value for name, value in named.items() if self._is_said(name, value)]

    def _is_said(self, name: str, value: str) -> bool:
        words = name.startswith("data-") and bool(re.search(r"[\s一-鿿]", value))
        return name in self.SAID or words

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and what was not closed within it."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if data.strip() and not self._silent():
            self.texts.append(data.strip())

    def _silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]


HAN = re.compile(r"[㐀-䶿一-鿿𠀀-𳎯]+")
LATIN = re.compile(r"[A-Za-z0-9_.@+-]*[A-Za-z][A-Za-z0-9_.@+-]*")
EDGES = ".-+@_"
# Codes, initials, parts of a hash, names of files.
NO_WORD = re.compile(r".*\d.*|[A-Z]{1,6}|[a-f]{4}|[a-f]{8}|[A-Za-z]|[a-z]+\.(pyz|zip|json|csv|xlsx)")


class Tongue:
    """Tells the product's own words from what people have entered, for a page in one language."""

    def __init__(self, entered: Iterable[str], product: Iterable[str]) -> None:
        """Take what stands in the database, and the product's own words in the page's language."""
        self.known = "\n".join([*entered, *product])
        self.latin = {word.strip(EDGES).lower() for word in LATIN.findall(self.known)}

    def foreign(self, words: Words) -> list[str]:
        """Return what neither people have entered nor this language knows."""
        wrong = self._english if words.language == LANGUAGES["zh"] else self._chinese
        texts = map(without_places, words.texts)  # a script's texts have places, too
        return [f"{word} in {text[:60]!r}" for text in texts for word in wrong(text)]

    def _english(self, text: str) -> list[str]:
        found = (word.strip(EDGES) for word in LATIN.findall(text))
        return [word for word in found if word.lower() not in self.latin and not NO_WORD.fullmatch(word)]

    def _chinese(self, text: str) -> list[str]:
        return [run for run in HAN.findall(text) if run not in self.known]


def in_one_language(html: str, locale: str, tongue: Tongue) -> list[str]:
    """Return what is wrong about the language of a page."""
    words = Words(html)
    named = [] if words.language == LANGUAGES[locale] else [f"lang is {words.language!r}"]
    return named + sorted(set(tongue.foreign(words)))


def tongues(texts: Sequence[str]) -> dict[str, Tongue]:
    """Return the product's two languages beside the texts that people have entered."""
    return {locale: Tongue(texts, words) for locale, words in _own_words().items()}


@functools.cache
def _own_words() -> dict[str, list[str]]:
    """Return the product's own words in each language, looked for once: they stand in all of its files.

    The Chinese stands in the .po files, the English is what the code asks for.
    """
    english = [*i18n.wanted_messages(), *(words[0] for words in CATALOGUE.values())]
    chinese = [i18n.chinese().gettext(message) for message in english]
    chinese += [words[1] for words in CATALOGUE.values()]  # the recount's words, which need no gettext
    return {"zh": [*map(without_places, chinese)], "en": [*map(without_places, english)]}


def without_places(message: str) -> str:
    """Return a message without the places that are filled in later."""
    return re.sub(r"%\(\w+\)[sd]|\{\w+\}", " ", message)


def faults(page: Page, locale: str, tongue: Tongue, *, axe: bool = True) -> list[str]:
    """Return everything that is wrong with the page that is open; leaves the window 1280 px wide."""
    found = in_one_language(page.content(), locale, tongue) + too_wide(page) + small_controls(page)
    return found + (violations(page) if axe else [])
