"""A list that was released, and what may not happen to it afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.catalog.lint.desk import CHOICES, GOOD, OUR_CORE, OUR_NETWORKS, OURS, check, lint, ours

from hygiene.catalog.lint.files import read_drafts
from hygiene.catalog.released import FILE, Release, make_release, parse_release, render_release

CHOOSE = GOOD.replace('    choices: yes-no\n    good: "no"\n', CHOICES)


def released(folder: Path, *texts: str, name: str = "mine") -> None:
    """Release these texts of a list, one after the other."""
    release = Release()
    for text in texts:
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        release = make_release(read_drafts(folder, folder), release)
    (folder / FILE).write_text(render_release(release), encoding="utf-8")


def own_folder(folder: Path) -> Path:
    """A folder of somebody's own, beside one that stands for the bundled lists."""
    bundled = folder / "bundled"
    bundled.mkdir()
    (bundled / "_core.yaml").write_text(OUR_CORE, encoding="utf-8")
    return bundled


def after(folder: Path, before: str, now: str) -> list[str]:
    """What is said of an own list whose earlier form was released."""
    bundled = own_folder(folder)
    (folder / "mine.yaml").write_text(before, encoding="utf-8")
    (folder / FILE).write_text(render_release(make_release(read_drafts(folder, bundled), Release())))
    return lint(folder, now, bundled)


RAISE = "the question changed since the last release: raise the revision"
GONE = "of the last release is gone and nothing replaces it: its answers are history only"
LOST = "is gone since the last release: give the check a new id"
FLIPPED = "“bad” was good for – in the last release, now for work: give the check a new id"
OLDER = "the text in “fr” is older than its source"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("en: T,", "en: U,", [f"warning:8: checks[0].title.fr: {OLDER}"]),
        ("{en: R, fr: R}", "{en: S, fr: R}", [f"warning:10: checks[0].risk.fr: {OLDER}"]),
        ("en: F,", "en: G,", [f"warning:13: checks[0].choices.fine.text.fr: {OLDER}"]),
        ("[Do it.]", "[Do that.]", [f"warning:17: checks[0].steps.fr: {OLDER}"]),
        ("en: Mine", "en: My own", [f"warning:4: title.fr: {OLDER}"]),
        ("{en: R, fr: R}", "{en: S, fr: S}", []),
        ("{en: R, fr: R}", "{en: R, fr: S}", []),
        ("{en: R, fr: R}", '{en: " R  ", fr: R}', []),
        ("en: T,", "de: T, en: T,", []),
        (
            "{en: Q, fr: Q}",
            "{en: P, fr: P}",
            [f"error:9: checks[0].question.en: {RAISE}"],
        ),
        ("{en: Q, fr: Q}", "{en: P, fr: P}\n    revision: 2", []),
        ("{en: Q, fr: Q}", "{en: Q, fr: P}", []),
        (
            "id: a\n",
            "id: b\n",
            ["error:7: checks[0].id: it asks what “a” asked in the last release: name that under “replaces”"],
        ),
        ("id: a\n", "id: b\n    replaces: [my-list.a]\n", []),
        (
            "id: a\n    title: {en: T, fr: T}\n    question: {en: Q, fr: Q}",
            "id: b\n    title: {en: T, fr: T}\n    question: {en: P, fr: P}",
            [f"warning:6: checks: “a” {GONE}"],
        ),
        (
            CHOICES,
            "    kind: many\n" + CHOICES,
            ["error:12: checks[0].kind: the kind was choice in the last release: give the check a new id"],
        ),
        (
            CHOICES,
            "    kind: date\n    within: 3\n",
            ["error:12: checks[0].kind: the kind was choice in the last release: give the check a new id"],
        ),
        (
            "      bad:",
            "      worse:",
            [f"error:12: checks[0].choices: the choice “bad” {LOST}"],
        ),
        (
            "fr: M}}",
            "fr: M}, good: [work]}",
            [f"error:14: checks[0].choices.bad: {FLIPPED}"],
        ),
        ("      bad:", "      worse: {text: {en: W, fr: P}}\n      bad:", []),
        ("severity: low", "severity: high", []),
    ],
)
def test_what_changed(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    """Translations follow their source, and answers keep their meaning."""
    assert old in CHOOSE
    assert after(tmp_path, CHOOSE, CHOOSE.replace(old, new)) == expected


def test_spaces_are_no_wording(tmp_path: Path) -> None:
    """A no-break space that is put in afterwards changes nothing."""
    before = GOOD.replace("en: Q,", '"en": "Who reads it ?",')
    assert after(tmp_path, before, before.replace("it ?", "it\u202f?")) == []


def test_a_revision_never_falls(tmp_path: Path) -> None:
    """An earlier answer would look like one to a later wording."""
    before = GOOD.replace("{en: Q, fr: Q}", "{en: Q, fr: Q}\n    revision: 3")
    found = after(tmp_path, before, before.replace("revision: 3", "revision: 2"))
    assert found == ["error:10: checks[0].revision: the last release had revision 3"]


def test_an_id_that_was_given_up_never_comes_back(tmp_path: Path) -> None:
    """However many releases later: the record keeps it."""
    (tmp_path / "_core.yaml").write_text(OUR_CORE, encoding="utf-8")
    (tmp_path / "_networks.yaml").write_text(OUR_NETWORKS, encoding="utf-8")
    with_b = OURS + check("b", question="{en: B, fr: B}")
    released(tmp_path, with_b, OURS, OURS, name="acme")
    assert ours(tmp_path, OURS) == []
    reason = "“b” was given up in an earlier release and cannot come back: take a new id"
    assert ours(tmp_path, with_b) == [f"error:18: checks[1].id: {reason}"]


def test_a_list_that_was_given_up_keeps_its_ids(tmp_path: Path) -> None:
    """Its file may come back; its ids may not."""
    (tmp_path / "_core.yaml").write_text(OUR_CORE, encoding="utf-8")
    released(tmp_path, OURS, name="acme")
    (tmp_path / "acme.yaml").unlink()
    again = make_release(read_drafts(tmp_path, tmp_path), parse_release((tmp_path / FILE).read_bytes(), FILE))
    assert again.lists["acme"].retired == ("a",)


def test_core_questions(tmp_path: Path) -> None:
    """Their meaning is guarded where they stand, a network's own wording where that stands."""
    text = OURS.replace("checks:", "core:\n  two-factor: {minutes: 1}\nchecks:")
    ours(tmp_path, text)
    released(tmp_path, text, name="acme")
    assert ours(tmp_path, text) == []
    (gone,) = ours(
        tmp_path,
        text,
        core=OUR_CORE.replace("none: {text: {en: None, fr: Aucune}}", "z: {text: {en: Z, fr: Z}}"),
    )
    assert gone.endswith(f"_core.yaml:9: checks[0].choices: the choice “none” {LOST}")
    own = text.replace("{minutes: 1}", "{minutes: 1, question: {en: P, fr: P}}")
    assert ours(tmp_path, own) == [f"error:8: core.two-factor.question.en: {RAISE}"]
    assert ours(tmp_path, own.replace("minutes: 1,", "minutes: 1, revision: 2,")) == []
    without = ours(tmp_path, OURS)
    assert without == [f"warning:1: core: “two-factor” {GONE}"]


def test_a_folder_without_a_record(tmp_path: Path) -> None:
    """Nothing was released: everything may change."""
    assert lint(tmp_path, GOOD, own_folder(tmp_path)) == []


def test_a_record_that_is_none(tmp_path: Path) -> None:
    """A problem of the record, in its own name."""
    bundled = own_folder(tmp_path)
    for record, reason in (("{", "not a record of a release"), ('{"format": 2}', "format: must be 1")):
        (tmp_path / FILE).write_text(record)
        (only,) = lint(tmp_path, GOOD, bundled)
        assert f"{FILE}:1: " in only
        assert reason in only
