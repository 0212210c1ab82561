"""An organisation's `policy.yaml`, its logo and its colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import dedent

import pytest
from tests.unit.catalog.pictures import END, LOGO, PIXELS, chunk, header, png
from tests.unit.catalog.said import problems

from hygiene import resources
from hygiene.catalog.check_fields import CHECK_ID
from hygiene.catalog.colours import GROUNDS, contrast, least_contrast
from hygiene.catalog.cursor import Cursor
from hygiene.catalog.png import LARGEST_PICTURE, UnusablePictureError, read_png
from hygiene.catalog.policy_file import PolicyFile, parse_policy, read_policy, read_source
from hygiene.catalog.policy_rules import Surroundings
from hygiene.catalog.problems import Problems
from hygiene.catalog.tree import parse_tree
from hygiene.model.checklist import Catalogue, Severity
from hygiene.model.organisation import CharterWords, Colours
from hygiene.model.policy import Layer, Rules
from hygiene.model.text import Text

SHORT = "format: 1\norganisation: ACME\n"
WHOLE = """\
format: 1
source: acme
language: en
organisation: "ACME"
contact: "security@acme.example"
password_months: 6
audit_months: 12
drop: [instagram.followers, acme-phones.lock]
severities: {x.protected-posts: low, acme-phones.code: critical}
logo: logo.png
colours: {main: "#123456", accent: "#0B6E4F"}
opening: {en: Welcome., fr: Bienvenue.}
notice: "Kept until March."
charter: {why: {en: You speak for us., fr: Vous parlez pour nous.}, help: Ask Ann., signature: true}
"""

Read = Callable[[str], PolicyFile]


@pytest.fixture
def around(bundled: Catalogue) -> Surroundings:
    return Surroundings(bundled, "acme", {"logo.png": LOGO})


@pytest.fixture
def read(around: Surroundings) -> Read:
    return lambda data: parse_policy(dedent(data).encode(), "policy.yaml", around)


def said(read: Read, lines: str) -> list[str]:
    """What is wrong with these lines after a good beginning, without the name of the file."""
    found = problems(lambda: read(SHORT + dedent(lines)))
    return [each.removeprefix("policy.yaml:") for each in found]


def warned(lines: str, around: Surroundings) -> list[str]:
    """Everything that is remarked, with its level."""
    noted = Problems("policy.yaml")
    read_policy(Cursor(parse_tree((SHORT + dedent(lines)).encode(), "policy.yaml"), "", noted), around)
    return [f"{each.level}: {each.field}: {each.words}" for each in noted.found]


def test_a_whole_policy(read: Read) -> None:
    """Each field becomes a value; the organisation's own checks may be named too."""
    english, french = "You speak for us.", "Vous parlez pour nous."
    assert read(WHOLE) == PolicyFile(
        source="acme",
        name="ACME",
        contact="security@acme.example",
        rules=Rules(
            Layer.ORGANISATION,
            "ACME",
            6,
            12,
            {"x.protected-posts": Severity.LOW, "acme-phones.code": Severity.CRITICAL},
            frozenset({"instagram.followers", "acme-phones.lock"}),
        ),
        opening=Text("en", {"en": "Welcome.", "fr": "Bienvenue."}),
        notice=Text("en", {"en": "Kept until March."}),
        logo=LOGO,
        colours=Colours("#123456", "#0b6e4f"),
        charter=CharterWords(
            Text("en", {"en": english, "fr": french}), Text("en", {"en": "Ask Ann."}), signature=True
        ),
    )


def test_the_shortest_policy(read: Read) -> None:
    """A name is enough; what is not said stays as the layer below says."""
    policy = read(SHORT)
    assert policy.rules == Rules(Layer.ORGANISATION, "ACME")
    assert (policy.source, policy.contact, policy.logo, policy.colours) == ("acme", "", None, None)
    assert policy.charter == CharterWords()


def test_what_must_be_there(read: Read) -> None:
    """The format and the name; a key that nobody reads is a mistake."""
    assert problems(lambda: read("colour: red")) == [
        "policy.yaml:1: colour: unknown key",
        "policy.yaml:1: format: missing",
        "policy.yaml:1: organisation: missing",
    ]
    assert problems(lambda: read("format: 2\norganisation: ACME")) == [
        "policy.yaml:1: format: must be a whole number from 1 to 1"
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("password_months: 121", "3: password_months: must be a whole number from 0 to 120"),
        ("audit_months: 0", "3: audit_months: must be a whole number from 1 to 120"),
        ("contact: [a]", "3: contact: must be a text"),
        ("contact: ' '", "3: contact: must be a text of one line"),
        ('contact: "a\\nb"', "3: contact: must be a text of one line"),
        (f"contact: {'a' * 201}", "3: contact: 201 characters, 200 at most"),
        (f"opening: {'a' * 601}", "3: opening: 601 characters, 600 at most"),
        (f"notice: {{en: a, fr: {'a' * 1201}}}", "3: notice: 1201 characters, 1200 at most"),
        ("notice: {fr: a}", "3: notice: the text in the file's language (en) is missing"),
        ('notice: "a\\u202eb"', "3: notice: holds a control character or a hidden direction mark"),
        ("charter: {why: a, who: b}", "3: charter.who: unknown key"),
        ("charter: {signature: yes}", "3: charter.signature: must be true or false"),
        (f"charter: {{help: {'a' * 1201}}}", "3: charter.help: 1201 characters, 1200 at most"),
        ("source: other", "3: source: these lists are published as “acme”"),
        ("source: ACME", "3: source: “ACME” is not of the form acme"),
        ("severities: [x.protected-posts]", "3: severities: must be a map"),
        (
            "severities: {x.protected-posts: deadly}",
            "3: severities.x.protected-posts: “deadly” is not one of info, low, medium, high, critical",
        ),
        (
            "severities: {protected-posts: low}",
            "3: severities.protected-posts: “protected-posts” is not of the form instagram.private-account",
        ),
        ("colours: {accent: '#123456'}", "3: colours.main: missing"),
        ("colours: {main: red}", '3: colours.main: “red” is not of the form "#0b6e4f"'),
        ("colours: '#123456'", "3: colours: must be a map"),
        (
            "logo: ../../etc/logo.png",
            "3: logo: “../../etc/logo.png” is not of the form logo.png",
        ),
        ("logo: other.png", "3: logo: “other.png” is not beside this file"),
    ],
)
def test_a_faulty_policy(read: Read, lines: str, expected: str) -> None:
    """Each mistake is named with its line and what is accepted."""
    assert expected in said(read, lines)


def test_a_name_of_one_line(read: Read) -> None:
    """It stands in the middle of sentences."""
    lines = f"format: 1\norganisation: {'A' * 61}"
    assert problems(lambda: read(lines)) == ["policy.yaml:2: organisation: 61 characters, 60 at most"]


class TestChecks:
    def test_the_habits_stay(self, read: Read) -> None:
        """No organisation takes them away; it may weigh them."""
        assert said(read, "drop: [habits.courtesy]") == [
            "3: drop[0]: the questions about habits stay for everyone: none of them can be left out"
        ]
        severities = read(SHORT + "severities: {habits.courtesy: high}").rules.severities
        assert severities == {"habits.courtesy": Severity.HIGH}

    def test_any_other_check_that_comes_with_the_program_may_be_left_out(
        self, read: Read, bundled: Catalogue
    ) -> None:
        """A core question, too: the person still has the list, and can see who left it out."""
        ids = [
            check.id for each in bundled.checklists.values() for check in each.checks if each.id != "habits"
        ]
        assert "x.password" in ids
        assert read(f"{SHORT}drop: [{', '.join(ids)}]").rules.dropped == set(ids)

    @pytest.mark.parametrize(
        "check_id",
        ["other-list.code", "my-list.code", "setup.networks", "x.nothing", "acme.code", "acmeco-a.b"],
    )
    def test_what_is_not_theirs_is_passed_over(self, around: Surroundings, check_id: str) -> None:
        """A warning: the policy may have been written for a later version; it has no effect here."""
        noted = Problems("policy.yaml")
        data = f"{SHORT}drop: [{check_id}]\nseverities: {{{check_id}: high}}"
        policy = read_policy(Cursor(parse_tree(data.encode(), "policy.yaml"), "", noted), around)
        assert CHECK_ID.fullmatch(check_id)
        assert policy.rules == Rules(Layer.ORGANISATION, "ACME")
        assert [each.level for each in noted.found] == ["warning"] * 2
        assert "neither a check of this version nor one of your lists" in noted.found[0].words

    def test_without_a_source_nothing_is_their_own(self, around: Surroundings, bundled: Catalogue) -> None:
        """Only what comes with the program may then be named."""
        nameless = Surroundings(bundled, None, {})
        (warning,) = warned("drop: [acme-a.b]", nameless)
        assert warning.startswith("warning: drop[0]: “acme-a.b” is neither")
        assert warned("source: acme\ndrop: [acme-a.b]", nameless) == []
        assert warned("drop: [acme-a.b]", around) == []

    def test_questions_for_the_person_alone_are_not_weighed(self, read: Read, bundled: Catalogue) -> None:
        """All of them are refused, in whichever list they stand."""
        private = [
            check.id for each in bundled.checklists.values() for check in each.checks if check.for_person_only
        ]
        assert private
        lines = said(read, f"severities: {{{', '.join(f'{each}: high' for each in private)}}}")
        assert len(lines) == len(private)
        assert all("for the person alone: an organisation cannot weigh it" in line for line in lines)

    def test_the_age_of_a_password_stays_a_reminder(self, read: Read) -> None:
        """At most low, as every report says; info is allowed."""
        assert said(read, "severities: {x.password-age: medium}") == [
            "3: severities.x.password-age: the age of a password never weighs more than “low”"
        ]
        assert read(SHORT + "severities: {x.password-age: info}").rules.severities


class TestSource:
    def test_it_is_read_whatever_else_is_wrong(self) -> None:
        """So that the lists beside a faulty policy can still be used."""
        assert read_source(b"source: acme\ncolour: red\naudit_months: soon", "policy.yaml") == "acme"

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            ("organisation: ACME", "policy.yaml:1: source: missing"),
            ("source: my", "policy.yaml:1: source: “my” is reserved"),
            ("source: instagram", "policy.yaml:1: source: “instagram” is reserved"),
            ("source: acme-eu", "policy.yaml:1: source: “acme-eu” is not of the form acme"),
            ("source: [a]", "policy.yaml:1: source: must be a text"),
            ("- a", "policy.yaml:1: must be a map"),
            ("a: &b c", None),
        ],
    )
    def test_no_name(self, data: str, expected: str | None) -> None:
        """Nobody can tell then whose lists these are."""
        found = problems(lambda: read_source(data.encode(), "policy.yaml"))
        assert expected is None or expected in found


class TestColours:
    @pytest.mark.parametrize(
        ("one", "other", "ratio"),
        [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.48),
            ("#ff0000", "#ffffff", 4.0),
            ("#abcdef",) * 2 + (1.0,),
        ],
    )
    def test_the_ratio_is_that_of_wcag(self, one: str, other: str, ratio: float) -> None:
        """Known pairs, in either order."""
        assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
        assert contrast(other, one) == contrast(one, other)

    def test_the_figure_is_said(self, read: Read) -> None:
        """Refused where a person would have trouble to read it."""
        assert said(read, "colours: {main: '#123456', accent: '#FF8800'}") == [
            "3: colours.accent: #ff8800 reaches a contrast of 2.13:1 on the page; 4.5:1 is needed to read it"
        ]

    def test_the_bound(self, read: Read) -> None:
        """A grey just dark enough, and the next one."""
        greys = [f"#{level:02x}{level:02x}{level:02x}" for level in range(256)]
        good = [grey for grey in greys if least_contrast(grey) >= 4.5]
        assert good == greys[: len(good)]
        lightest, next_one = greys[len(good) - 1], greys[len(good)]
        assert all(contrast(lightest, ground) >= 4.5 for ground in GROUNDS)
        assert read(f"{SHORT}colours: {{main: '{lightest}'}}").colours == Colours(lightest, lightest)
        assert (
            f"contrast of {least_contrast(next_one)}:1" in said(read, f"colours: {{main: '{next_one}'}}")[0]
        )

    def test_the_figure_never_says_more_than_there_is(self) -> None:
        """It is cut off: what falls short by a hair is not said to reach 4.5."""
        for blue in range(256):
            colour = f"#8a60{blue:02x}"
            real = min(contrast(colour, ground) for ground in GROUNDS)
            assert real - 0.01 < least_contrast(colour) <= real

    def test_the_grounds_are_those_of_the_page(self) -> None:
        """The first palette of the style sheet is the light one."""
        style = (resources.bundled("report_templates") / "style.css").read_text(encoding="utf-8")
        light = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style.partition("@media")[0]))
        assert set(GROUNDS) == {"#ffffff", light["paper"], light["panel"]}


class TestLogo:
    def test_only_the_picture_is_kept(self) -> None:
        """Texts, places, times, profiles and further pictures are left out; what shows is untouched."""
        shown = [header(), chunk(b"sRGB", b"\0"), chunk(b"gAMA", b"\0\0\0\1"), PIXELS, PIXELS, END]
        hidden = [
            chunk(kind, b"Ann Smith") for kind in (b"tEXt", b"eXIf", b"tIME", b"iCCP", b"acTL", b"fdAT")
        ]
        found = read_png(png(*shown[:3], *hidden, *shown[3:]))
        assert found == png(*shown)

    @pytest.mark.parametrize(
        "rest", [(1, 0, 0, 0, 0), (16, 2, 0, 0, 1), (8, 4, 0, 0, 0), (16, 6, 0, 0, 0)], ids=str
    )
    def test_every_kind_of_picture(self, rest: tuple[int, int, int, int, int]) -> None:
        """Grey, coloured, with alpha, interlaced."""
        data = png(header(1000, 1, rest), PIXELS, END)
        assert read_png(data) == data

    def test_a_palette(self) -> None:
        """Where colours are numbers, the table of colours must be there."""
        palette = png(
            header(rest=(8, 3, 0, 0, 0)), chunk(b"PLTE", b"\0\0\0"), chunk(b"tRNS", b"\0"), PIXELS, END
        )
        assert read_png(palette) == palette

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (b"", "not a PNG picture"),
            (b"<svg onload='alert(1)'/>", "not a PNG picture"),
            (b"\xff\xd8\xff\xe0 JFIF", "not a PNG picture"),
            (LOGO + b"\0" * (LARGEST_PICTURE + 1 - len(LOGO)), "larger than 100 kB"),
            (png(header(1001), PIXELS, END), "1001 × 2 pixels, 1000 at most"),
            (png(header(2, 2**31 - 1), PIXELS, END), "pixels, 1000 at most"),
            (png(header(0), PIXELS, END), "damaged"),
            (png(header(2, 0), PIXELS, END), "damaged"),
            (png(), "damaged"),
            (png(header(), PIXELS), "damaged"),
            (png(header(), END), "damaged"),
            (png(PIXELS, header(), END), "damaged"),
            (png(header(), END, PIXELS), "damaged"),
            (png(chunk(b"tEXt", b"\0\0\0\1" * 2 + b"\10\2\0\0\0"), header(), PIXELS, END), "damaged"),
            (png(header(), header(), PIXELS, END), "damaged"),
            (png(header(), PIXELS, END, END), "damaged"),
            (LOGO + b"<script>", "damaged"),
            (LOGO + png(header(), PIXELS, END), "damaged"),
            (LOGO[:-1], "damaged"),
            (png(header(), chunk(b"IDAT", b"x", spoilt=1), END), "damaged"),
            (png(header(), PIXELS, chunk(b"tIME"), PIXELS, END), "damaged"),
            (png(header(), chunk(b"RUNS"), PIXELS, END), "damaged"),
            (png(header(), chunk(b"PLTE"), chunk(b"PLTE"), PIXELS, END), "damaged"),
            (png(chunk(b"IHDR", b"short"), PIXELS, END), "damaged"),
            (png(header(rest=(3, 2, 0, 0, 0)), PIXELS, END), "damaged"),
            (png(header(rest=(8, 5, 0, 0, 0)), PIXELS, END), "damaged"),
            (png(header(rest=(8, 2, 1, 0, 0)), PIXELS, END), "damaged"),
            (png(header(rest=(8, 2, 0, 1, 0)), PIXELS, END), "damaged"),
            (png(header(rest=(8, 2, 0, 0, 2)), PIXELS, END), "damaged"),
            (png(header(rest=(8, 3, 0, 0, 0)), PIXELS, END), "damaged"),
        ],
    )
    def test_what_is_no_logo(self, data: bytes, expected: str) -> None:
        """Refused in words; nothing is unpacked to find out."""
        with pytest.raises(UnusablePictureError, match=re.escape(expected)) as caught:
            read_png(data)
        assert caught.value.hint

    def test_every_cut_and_every_changed_byte_is_refused(self) -> None:
        """The checksums hold for all of it."""
        for place in range(len(LOGO)):
            changed = bytearray(LOGO)
            changed[place] ^= 1
            for data in (LOGO[:place], bytes(changed)):
                with pytest.raises(UnusablePictureError):
                    read_png(data)

    def test_the_policy_says_what_is_wrong_with_it(self, bundled: Catalogue) -> None:
        """At the line that names it."""
        around = Surroundings(bundled, "acme", {"logo.png": png(header(2000), PIXELS, END)})
        lines = problems(lambda: parse_policy((SHORT + "logo: logo.png").encode(), "p.yaml", around))
        assert lines == ["p.yaml:3: logo: the picture is 2000 × 2 pixels, 1000 at most"]
