"""The markup is valid, and what the browser prints to is a PDF with the page's structure."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from tests.browser.browser import pdf_facts, pdf_headings, print_to_pdf, validate


class Headings(HTMLParser):
    """The levels of a page's headings, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser's signature
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(tag.upper())


def headings(page: Path) -> list[str]:
    parser = Headings()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser.levels


def test_the_markup_is_valid(page: Path) -> None:
    assert validate(page) == []


def test_invalid_markup_is_noticed(faulty: Path) -> None:
    """The control."""
    rules = {each.split(":")[0] for each in validate(faulty)}
    assert {"element-required-attributes", "heading-level", "wcag/h37"} <= rules


def test_printing_gives_a_tagged_pdf_on_a4(page: Path, tmp_path: Path) -> None:
    """Tagged, with every heading of the page in its structure, its title and its language."""
    pdf = print_to_pdf(page, tmp_path)
    facts = pdf_facts(pdf)
    assert facts["Tagged"] == "yes"
    assert "(A4)" in facts["Page size"]
    assert facts["Title"]
    assert pdf_headings(pdf) == headings(page)
    language = page.stem.rsplit(".", 1)[-1]
    assert f"/Lang ({language})".encode() in pdf.read_bytes()


def test_another_paper_and_another_heading_are_noticed(unguarded: Path, tmp_path: Path) -> None:
    """The control: the planted sheet size, and a heading that the page has and a bare text would not."""
    pdf = print_to_pdf(unguarded, tmp_path)
    assert "(A4)" not in pdf_facts(pdf)["Page size"]
    assert "H4" in pdf_headings(pdf)
