"""What commands are given of checklists: the program's, organisations', and files of the person's own."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from hygiene import resources
from hygiene.cli.homes import SOURCES, shared_folders
from hygiene.cli.talk import Talk
from hygiene.language import _

if TYPE_CHECKING:
    from hygiene.model.checklist import Catalogue
    from hygiene.model.organisation import Organisation
    from hygiene.store.file import OpenStore
    from hygiene.usecases.desk import Desk
    from hygiene.usecases.organisations import Handed, Places


class Desks(Talk):
    """The desk, made when it is first needed, and as each command needs it."""

    environment: Mapping[str, str]
    settings: Mapping[str, str]

    @property
    @abstractmethod
    def home(self) -> Path:
        """The folder that holds all state."""

    @property
    @abstractmethod
    def day(self) -> date:
        """Today, or the day that was named."""

    @abstractmethod
    def note(self, store: OpenStore) -> None:
        """Take in a store that was written."""

    @cached_property
    def places(self) -> Places:
        """Where organisations' lists lie."""
        from hygiene.usecases.organisations import Places

        return Places(self.home / SOURCES, self.home, shared_folders(self.environment))

    @cached_property
    def bundled_desk(self) -> Desk:
        """The checklists and the policy that come with the program, and the day."""
        from hygiene.catalog.loading import load_bundled
        from hygiene.model.policy import Policy
        from hygiene.usecases.desk import Desk

        folders = resources.bundled("checklists"), resources.bundled("reference_data")
        catalogue, default = load_bundled(*folders)
        return Desk(catalogue, Policy((default,)), self.day, lambda: os.urandom(8).hex(), self.note)

    @cached_property
    def handed(self) -> Handed:
        """What organisations hand out to this computer."""
        from hygiene.usecases.organisations import handed_out

        return handed_out(self.places, self.bundled_desk.catalogue)

    @property
    def has_organisations(self) -> bool:
        """Whether there is a place with anything of organisations: hardly anybody has one."""
        return any(map(os.path.lexists, (self.home / SOURCES, *shared_folders(self.environment))))

    def leave_out(self, sources: Collection[str]) -> None:
        """Use what these sources publish no more in this run; administrators' own of that name stays."""
        if not sources:
            return
        from hygiene.model.checklist import Trust

        def stays(each: Organisation) -> bool:
            return each.trust is Trust.MANAGED or each.source not in sources

        kept = tuple(each for each in self.handed.lists if stays(each.organisation))
        self.__dict__["handed"] = replace(self.handed, lists=kept)
        self.__dict__.pop("desk", None)

    @cached_property
    def desk(self) -> Desk:
        """The desk with what organisations hand out."""
        if not self.has_organisations:  # nobody waits for what they do not have
            return self.bundled_desk
        from hygiene.usecases.organisations import with_organisations

        return with_organisations(self.bundled_desk, self.handed.lists)

    @property
    def desk_with_sites(self) -> Desk:
        """The desk, with what is known of websites."""
        from hygiene.catalog.reference import with_sites

        catalogue = with_sites(self.desk.catalogue, resources.bundled("reference_data"))
        return replace(self.desk, catalogue=catalogue)

    def desk_for(self, store: OpenStore, own_files: tuple[Path, ...] = ()) -> Desk:
        """Return the desk with the person's own settings and checklist files."""
        from hygiene.usecases.desk import state_of
        from hygiene.usecases.settings import with_person

        desk = with_person(self.desk_with_sites, state_of(store))
        catalogue = desk.catalogue
        files = dict.fromkeys((*self._remembered_files(), *(each.absolute() for each in own_files)))
        if files:
            from hygiene.catalog.loading import with_own_files

            catalogue = with_own_files(catalogue, files)
        return replace(desk, catalogue=catalogue)

    def catalogue_with(self, own_files: Iterable[Path]) -> Catalogue:
        """Return the bundled checklists and some of the person's own.

        Raises:
            FaultyFileError: one of them cannot be used.
        """
        from hygiene.catalog.loading import with_own_files

        return with_own_files(self.desk.catalogue, own_files)

    def with_files_remembered(self, store: OpenStore, own_files: Iterable[Path]) -> OpenStore:
        """Return the store after sealing that these files belong to the checklists from now on."""
        from hygiene.usecases.settings import with_own_files_remembered

        event = with_own_files_remembered(self.settings, own_files)
        return self.desk.seal(self.desk.say(store, event)) if event else store

    def _remembered_files(self) -> list[Path]:
        """Return the person's own checklist files of earlier audits, as far as they are still there."""
        from hygiene.usecases.settings import own_files

        files = own_files(self.settings)
        for missing in (each for each in files if not each.exists()):
            self.say(
                _("Your checklist {path} is not there any more; its answers are kept.").format(path=missing)
            )
        return [each for each in files if each.exists()]
