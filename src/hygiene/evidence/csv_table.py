"""Readers of CSV exports: a header, or a shape, tells the product; its columns tell the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice

from msgspec import Struct

from hygiene.evidence.candidates import Candidate, find
from hygiene.evidence.csv_products import (
    DASHLANE,
    ENPASS,
    ENPASS_LABELS,
    KEEPER,
    PRODUCTS,
    Column,
    Product,
    enpass_pairs,
)
from hygiene.evidence.csv_rows import rows_of
from hygiene.evidence.csv_sources import SOURCES, Source
from hygiene.evidence.firefox import if_imported, with_times
from hygiene.evidence.logins import (
    OF_DATED_PASSWORDS,
    OF_PASSWORDS,
    Login,
    export_of,
    marked,
    steps_of,
    within,
)
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.times import export_day
from hygiene.language import N_
from hygiene.model.evidence import SECOND_STEP, Export, Remark
from hygiene.safety.archives import Bundle

NO_DATES = Remark(N_("This export has no dates: it cannot tell when a password was changed."))

_PREAMBLE = 3  # rows at most before the header, such as a spreadsheet's `sep=;`
_ADDRESS_OF_NOTES = "http://sn"  # LastPass's secure notes
_SITE = re.compile(r"(?:[a-z][a-z0-9+.-]*://|(?:[\w-]+\.)+[a-z]{2,}(?=[:/]|$))\S*", re.IGNORECASE)
_SCHEME = "://"
_KEEPERS_FEWEST, _DASHLANES_CELLS, _ENPASS_FEWEST = 6, range(5, 8), 3


class Layout(Struct, frozen=True):
    """Where in the rows of one file a product keeps what: places of which the first filled one counts.

    Attributes:
        product: whose file it is.
        before: rows up to the header, with it.
        times: of the columns with dates, in the order that the product's kind of dates has.
    """

    product: Product
    before: int
    address: tuple[int, ...]
    user: tuple[int, ...]
    password: tuple[int, ...]
    app: tuple[int, ...]
    kind: tuple[int, ...]
    archived: tuple[int, ...]
    times: tuple[tuple[int, ...], ...]

    @property
    def is_dated(self) -> bool:
        """Whether this file has the column that tells when a password was changed, or a login modified."""
        return len(self.times) > 1 and bool(self.times[1])


def layout_of(candidate: Candidate) -> Layout | None:
    """Return the layout of a file that some product has written; None for any other file."""
    for before, row in enumerate(candidate.rows[:_PREAMBLE], 1):
        names = [cell.strip().strip('"').strip().lower() for cell in row]
        header = {name: place for place, name in reversed(list(enumerate(names)))}
        for product in PRODUCTS:
            if any(columns <= header.keys() for columns in product.telling):
                return _laid_out(product, header, before)
    shaped = _shaped(candidate.rows) if candidate.alone else None
    return _laid_out(shaped, {}, 0) if shaped else None


def _laid_out(product: Product, header: Mapping[str, int], before: int) -> Layout:
    def places(*columns: Column | None) -> tuple[int, ...]:
        known = (header.get(each) if isinstance(each, str) else each for each in columns)
        return tuple(place for place in known if place is not None)

    return Layout(
        product,
        before,
        places(*product.address),
        places(*product.user),
        places(*product.password),
        places(*product.app),
        places(product.kind),
        places(product.archived),
        tuple(map(places, _times_of(product))),
    )


def _times_of(product: Product) -> tuple[Column | None, ...]:
    if product.changed:
        return (product.created, product.changed, product.used)
    return (product.created, product.modified) if product.modified else ()


def _shaped(rows: Sequence[Sequence[str]]) -> Product | None:
    """Return the product that writes such rows without a header; None unless it is unmistakable."""
    if _have_sites(rows, 4) and all(len(row) >= _KEEPERS_FEWEST for row in rows):
        return KEEPER
    if _have_sites(rows, 1) and all(len(row) in _DASHLANES_CELLS for row in rows):
        return DASHLANE
    pairs = [enpass_pairs(row) for row in rows if len(row) >= _ENPASS_FEWEST]
    labelled = sum(len(each.keys() & set(ENPASS_LABELS)) > 1 for each in pairs)
    return ENPASS if labelled and labelled * 2 >= len(pairs) else None


def _have_sites(rows: Sequence[Sequence[str]], place: int) -> bool:
    sites = [row[place] if len(row) > place else "" for row in rows]
    return all(map(_SITE.fullmatch, sites)) and any(_SCHEME in site for site in sites)


def _fits(reader: str, candidate: Candidate) -> bool:
    layout = layout_of(candidate)
    return layout is not None and layout.product.id == reader


def _recognises(reader: str, bundle: Bundle) -> bool:
    return find(bundle, partial(_fits, reader)) is not None


def _read(reader: str, bundle: Bundle, desk: Desk) -> Export:
    found = find(bundle, partial(_fits, reader))
    layout = layout_of(found) if found else None
    assert found and layout  # noqa: S101, PT018 - it was recognised
    made_on = export_day(None, bundle.made_on, desk.today)
    with bundle.open(found.name) as stream:
        rows = islice(rows_of(stream, escape=layout.product.escape), layout.before, None)
        logins = _logins(rows, layout, desk, made_on)
        if not layout.is_dated:
            return export_of(reader, made_on, logins, (NO_DATES,))
        return export_of(reader, made_on, *(if_imported(logins) if layout.product.changed else (logins,)))


def _logins(rows: Iterable[list[str]], layout: Layout, desk: Desk, latest: date) -> Iterator[Login]:
    prepare = layout.product.prepare
    for raw in rows:
        row = prepare(raw) if prepare else raw
        address = _cell(row, layout.address).strip()
        if address != _ADDRESS_OF_NOTES and _is_login(row, layout):
            login = Login(
                address.partition(",")[0] if layout.product.lists_addresses else address,
                _cell(row, layout.user).strip(),
                marked(_cell(row, layout.password), desk),
                steps_of(app=_cell(row, layout.app).strip()),
            )
            yield _dated(login, row, layout, latest) if layout.is_dated and login.mark else login


def _is_login(row: Sequence[str], layout: Layout) -> bool:
    """Return whether a row is a login, also where no column says so, and was not put away."""
    kind = _cell(row, layout.kind).strip().lower()
    is_archived = _cell(row, layout.archived).strip().lower() == "true"
    return (not kind or kind in layout.product.logins) and not is_archived


def _dated(login: Login, row: Sequence[str], layout: Layout, latest: date) -> Login:
    times = [_cell(row, places) for places in layout.times]
    if layout.product.changed:
        return with_times(login, times, latest)
    created, modified = times
    return within(login, created, modified, latest)


def _cell(row: Sequence[str], places: Iterable[int]) -> str:
    """Return the first of these cells that is not empty, if the row has it."""
    for place in places:
        if -len(row) <= place < len(row) and row[place]:
            return row[place]
    return ""


def _reader(source: Source) -> Reader:
    layouts = [each for each in (*PRODUCTS, KEEPER, DASHLANE) if each.id == source.id]
    proves = OF_DATED_PASSWORDS if any(map(_times_of, layouts)) else OF_PASSWORDS
    has_codes = any(each.app for each in layouts)
    return Reader(
        source.id,
        source.product,
        tuple(fact for fact in proves if has_codes or fact != SECOND_STEP),
        source.how,
        partial(_recognises, source.id),
        partial(_read, source.id),
    )


READERS = tuple(map(_reader, SOURCES))
