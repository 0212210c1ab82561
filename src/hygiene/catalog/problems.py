"""What is wrong in a file that someone wrote, said all at once: `file:line: field: reason`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from hygiene.errors import HygieneError
from hygiene.language import N_, _


class Level(StrEnum):
    """An error keeps the file from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Struct, frozen=True):
    """One fault.

    Attributes:
        line: counted from 1.
        field: where in the file, such as `checks[2].title.fr`; empty for the file itself.
        reason: an untranslated template, filled by `values`.
    """

    file: str
    line: int
    field: str
    reason: str
    values: tuple[tuple[str, object], ...] = ()
    level: Level = Level.ERROR

    @property
    def words(self) -> str:
        """The reason in the current language."""
        return _(self.reason).format(**dict(self.values))

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:"
        return f"{place} {self.field}: {self.words}" if self.field else f"{place} {self.words}"


@dataclass(slots=True)
class Problems:
    """Collects the problems of one file while it is read."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, where: str, reason: str, level: Level = Level.ERROR, **values: object) -> None:
        """Note a fault and go on."""
        self.found.append(Problem(self.file, line, where, reason, tuple(values.items()), level))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The faults that keep the file from being used, in the order of the file."""
        return tuple(sorted((each for each in self.found if each.level is Level.ERROR), key=_place))

    def raise_if_any(self) -> None:
        """Stop here if the file cannot be used.

        Raises:
            FaultyFileError: there is at least one error.
        """
        if self.errors:
            raise FaultyFileError(self.errors)


class FaultyFileError(HygieneError):
    """A file that someone wrote cannot be used; `problems` says everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            N_("{file} cannot be used\n{list}"),
            hint=N_("mend the lines named above; nothing was stored"),
            file=self.problems[0].file,
            list="\n".join(map(str, self.problems)),
        )


def _place(problem: Problem) -> tuple[int, str]:
    return problem.line, problem.field
