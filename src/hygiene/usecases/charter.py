"""The charter of an organisation, from the lists that it hands out or from a folder of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from hygiene import resources
from hygiene.catalog.managed import LARGEST_FILE, MOST_FILES
from hygiene.catalog.organisation import POLICY, OrganisationLists
from hygiene.catalog.organisation_files import Publisher, load_organisation
from hygiene.catalog.policy_file import read_source
from hygiene.catalog.problems import FaultyFileError
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_
from hygiene.model.checklist import Catalogue, Trust
from hygiene.reporting.charter import Charter, make_charter
from hygiene.safety.cleaning import clean
from hygiene.safety.files import MissingFileError, read_regular
from hygiene.usecases.desk import Desk
from hygiene.usecases.organisations import with_organisations

FORMATS: Final = ("html", "md")

_TAKEN: Final = frozenset({".yaml", ".png"})


def charter_of(lists: OrganisationLists | None, desk: Desk, language: str) -> Charter:
    """Return the charter of an organisation; without one, a draft for any.

    Args:
        lists: what the organisation hands out.
        desk: as the program comes. Other organisations have no say in it, nor has the person.
        language: of the charter.
    """
    if lists:
        desk = with_organisations(desk, (lists,))
    organisation = lists.organisation if lists else None
    return make_charter(organisation, desk.catalogue, desk.policy, language, desk.day)


def render_charter(charter: Charter, form: str) -> str:
    """Return a charter in one of `FORMATS`."""
    if form == "md":
        from hygiene.reporting.charter_markdown import render_charter_markdown

        return render_charter_markdown(charter)
    from hygiene.reporting.charter_html import render_charter_page

    return render_charter_page(charter, resources.bundled("report_templates"))


def choose_lists(handed: Iterable[OrganisationLists], source: str) -> OrganisationLists | None:
    """Return the lists of the source that was named, or of the only one; None where there is none.

    Raises:
        UsageError: there is no source of that name, or there are several and none was named.
    """
    by_name = {each.organisation.source: each for each in handed}
    if source and source not in by_name:
        raise UsageError(
            N_("there are no lists of “{source}” on this computer"),
            hint=N_("to draw up a charter from a folder: `hygiene charter --lists FOLDER`"),
            source=clean(source),
        )
    if not source and len(by_name) > 1:
        raise UsageError(
            N_("this computer has lists of several organisations: {sources}"),
            hint=N_("say whose charter it is to be, such as `hygiene charter --source {first}`"),
            sources=", ".join(by_name),
            first=next(iter(by_name)),
        )
    return by_name.get(source) if source else next(iter(by_name.values()), None)


def load_lists(folder: Path, known: Catalogue) -> OrganisationLists:
    """Return the lists in a folder, such as one in which they are being written.

    Args:
        folder: holds `policy.yaml`, which says whose lists they are, and the checklists.
        known: the checklists that come with the program.

    Raises:
        NotDoneError: the folder cannot be read, or has no policy.
        FaultyFileError: the policy cannot be used; a checklist that cannot is passed over.
    """
    files = _read(folder)
    if POLICY not in files:
        raise NotDoneError(
            N_("there is no {file} in {path}, which says whose lists these are"),
            hint=N_("it has at least three lines: “format: 1”, “source: acme” and “organisation: ACME”"),
            file=POLICY,
            path=clean(str(folder)),
        )
    source = read_source(files[POLICY], POLICY)
    lists = load_organisation(files, Publisher(source, Trust.FILE), known)
    for skipped in lists.skipped:
        if skipped.file == POLICY:
            raise FaultyFileError(skipped.problems)
    return lists


def _read(folder: Path) -> Mapping[str, bytes]:
    try:
        paths = sorted(each for each in folder.iterdir() if each.suffix in _TAKEN and each.is_file())
    except FileNotFoundError as error:
        raise MissingFileError(
            N_("{path} does not exist"), hint=N_("check the name and the folder"), path=clean(str(folder))
        ) from error
    except OSError as error:
        raise NotDoneError(
            N_("{path} could not be read: {reason}"),
            hint=N_("name a folder that you may read"),
            path=clean(str(folder)),
            reason=clean(error.strerror or type(error).__name__),
        ) from error
    if len(paths) > MOST_FILES:
        raise NotDoneError(
            N_("there are more than {most} files in {path}"),
            hint=N_("name the folder that holds the checklists and nothing else"),
            path=clean(str(folder)),
            most=MOST_FILES,
        )
    return {path.name: read_regular(path, LARGEST_FILE) for path in paths}
