"""`hygiene evidence`, from the command line."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from tests.cli.conftest import TODAY, Program
from tests.cli.refusal import refused

PASSWORD = "Zx9-MARKER-pass-7Qv"
USER = "marker.user@planted.example"
MADE_ON = "2026-11-20"


def stamp(day: str) -> str:
    """Return noon of a day as Firefox writes it: milliseconds since 1970."""
    from datetime import UTC, datetime

    return str(int(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).timestamp() * 1000))


FIREFOX_HEADER = (
    '"url","username","password","httpRealm","formActionOrigin","guid",'
    '"timeCreated","timeLastUsed","timePasswordChanged"\r\n'
)


def firefox(*rows: tuple[str, str, str, str, str]) -> str:
    """A Firefox export: address, user, password, last used, changed."""
    lines = [
        f'"{url}","{user}","{password}",,"","{{{number}}}","{stamp("2020-01-01")}","{stamp(used)}","{stamp(changed)}"\r\n'
        for number, (url, user, password, used, changed) in enumerate(rows)
    ]
    return FIREFOX_HEADER + "".join(lines)


LOGINS = firefox(
    ("https://www.instagram.com", USER, PASSWORD, "2026-11-01", "2026-10-12"),
    ("https://accounts.google.com", USER, PASSWORD, "2026-11-02", "2024-02-03"),
    ("https://old-forum.example.org", USER, "another-1", "2021-05-06", "2020-02-02"),
    ("http://192.168.1.1", "admin", "admin", "2026-11-01", "2020-03-03"),
)


def export(program: Program, name: str = "logins.csv", text: str = LOGINS, made_on: str = MADE_ON) -> str:
    from datetime import UTC, datetime

    path = program.file(name, text)
    when = datetime.fromisoformat(f"{made_on}T12:00:00").replace(tzinfo=UTC).timestamp()
    os.utime(path, (when, when))
    return path


def answers(program: Program) -> dict[str, tuple[object, str, str | None]]:
    """Every answer that an export gave, by account and check: answer, source, day of the export."""
    events = program("store", "export").json["statements"]
    return {
        f"{each['account']}/{each['check']}": (each["answer"], each["source"], each["as_of"])
        for each in events
        if each["kind"] == "answer" and each.get("source", "").startswith("evidence:")
    }


def instagram(**files: object) -> bytes:
    """An Instagram archive with its tell-tale folder names."""
    names = {
        "personal": "personal_information/personal_information/personal_information.json",
        "passwords": "security_and_login_information/password_change_activity.json",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for key, content in files.items():
            archive.writestr(zipfile.ZipInfo(names[key], (2026, 11, 22, 12, 0, 0)), json.dumps(content))
    return buffer.getvalue()


ARCHIVE = instagram(
    personal={
        "profile_user": [
            {
                "title": "",
                "string_map_data": {
                    "Email": {"value": USER},
                    "Username": {"value": USER},
                    "Private Account": {"value": "True"},
                },
            }
        ]
    },
    passwords={
        "account_history_password_change_history": [
            {"title": "", "string_map_data": {"Time": {"href": "", "value": "", "timestamp": 1775044800}}}
        ]
    },
)


class TestWhatIsStored:
    def test_known_accounts_and_those_with_a_checklist(self, audited: Program) -> None:
        run = audited("evidence", "import", "--yes", export(audited))
        assert run.code == 0, run.err
        found = answers(audited)
        assert found.keys() == {
            "insta/instagram.password-age",
            "insta/instagram.password",
            "google/google.password-age",
            "google/google.password",
        }
        assert {source for _answer, source, _day in found.values()} == {"evidence:firefox-csv"}
        assert {day for _answer, _source, day in found.values()} == {MADE_ON}
        assert found["insta/instagram.password"][0] == "reused"
        accounts = audited("account", "list", "--format", "json").json["accounts"]
        assert [each["id"] for each in accounts] == ["insta", "tw", "gl", "google"]

    def test_all_others_on_request(self, audited: Program) -> None:
        run = audited("evidence", "import", "--yes", "--add-all", export(audited))
        assert run.code == 0, run.err
        accounts = audited("account", "list", "--format", "json").json["accounts"]
        assert [(each["id"], each["domain"]) for each in accounts][3:] == [
            ("google", None),
            ("other", "example.org"),
        ]
        assert "192.168" not in json.dumps(accounts)

    def test_twice_is_once(self, audited: Program) -> None:
        path = export(audited)
        audited("evidence", "import", "--yes", path)
        before = audited("store", "export").out
        again = audited("evidence", "import", "--yes", path)
        assert (again.code, "Nothing new." in again.err) == (0, True)
        assert len(audited("store", "export").json["statements"]) == len(json.loads(before)["statements"])

    def test_a_trial_stores_nothing(self, audited: Program) -> None:
        before = len(audited("store", "export").json["statements"])
        run = audited("evidence", "import", "--dry-run", export(audited))
        assert (run.code, "Instagram" in run.out) == (0, True)
        assert len(audited("store", "export").json["statements"]) == before

    def test_a_trial_needs_no_store(self, program: Program) -> None:
        run = program("evidence", "import", "--dry-run", export(program))
        assert (run.code, program.home.exists()) == (0, False)
        assert "Instagram" in run.out

    def test_one_password_for_one_sign_in_serves_once(self, program: Program) -> None:
        """Google's and YouTube's is the same account; so are the sites of one shop."""
        rows = (
            (url, USER, PASSWORD, "2026-11-01", "2026-10-12")
            for url in ("https://accounts.google.com", "https://www.youtube.com")
        )
        run = program("evidence", "import", "--dry-run", export(program, text=firefox(*rows)))
        assert (run.out.count("Google"), "serves elsewhere" in run.out) == (1, False)

    def test_what_nobody_uses_is_listed_with_the_page_that_closes_it(self, program: Program) -> None:
        unused = ("https://www.flickr.com", USER, PASSWORD, "2020-05-06", "2020-02-02")
        run = program("evidence", "import", "--dry-run", export(program, text=firefox(unused)))
        assert "- flickr.com, last used on 6 May 2020. To close it: https://www.flickr.com/" in run.out

    def test_without_a_store_it_makes_one(self, program: Program) -> None:
        assert program("evidence", "import", "--yes", export(program)).code == 0
        assert "instagram/instagram.password-age" in answers(program)

    def test_from_standard_input_nothing_touches_the_disk(self, audited: Program) -> None:
        before = {path.name for path in audited.folder.iterdir()}
        run = audited("evidence", "import", "--yes", "-", stdin=LOGINS.encode())
        assert run.code == 0, run.err
        assert answers(audited)["insta/instagram.password-age"][2] == TODAY
        assert {path.name for path in audited.folder.iterdir()} == before

    def test_an_archive_beats_a_manager(self, audited: Program) -> None:
        archive = audited.folder / "insta.zip"
        archive.write_bytes(ARCHIVE)
        run = audited("evidence", "import", "--yes", str(archive), export(audited))
        assert run.code == 0, run.err
        found = answers(audited)
        assert found["insta/instagram.private-account"] == ("yes", "evidence:instagram", TODAY)
        assert found["insta/instagram.password-age"][1] == "evidence:instagram"

    def test_what_was_said_since_stays(self, audited: Program) -> None:
        audited("password", "insta", "--changed", "2026-11-21")
        run = audited("evidence", "import", "--yes", export(audited))
        assert "Your answer stays" in run.out
        assert "insta/instagram.password-age" not in answers(audited)

    def test_a_read_only_answer_is_said_to_rest_on_an_export(self, audited: Program) -> None:
        audited("evidence", "import", "--yes", export(audited))
        assert (
            "An export of 20 November 2026 says: The same as elsewhere"
            in audited("report", "--format", "md").out
        )


def archive(user: str, private: str, day: tuple[int, int, int] = (2026, 11, 22)) -> bytes:
    """An Instagram archive of somebody, with nothing of passwords."""
    labels = {"Username": {"value": user}, "Private Account": {"value": private}}
    content = json.dumps({"profile_user": [{"title": "", "string_map_data": labels}]})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        name = "personal_information/personal_information/personal_information.json"
        packed.writestr(zipfile.ZipInfo(name, (*day, 12, 0, 0)), content)
    return buffer.getvalue()


def placed(program: Program, name: str, data: bytes) -> str:
    path = program.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return str(path)


class TestNotProved:
    """Cases in which an export seems to say more than it does."""

    def test_archives_of_two_accounts_are_not_parts_of_one(self, program: Program) -> None:
        paths = [
            placed(program, f"{user}.zip", archive(user, private))
            for user, private in (("one", "True"), ("two", "False"))
        ]
        assert program("evidence", "import", "--yes", *paths).code == 0
        assert answers(program)["instagram/instagram.private-account"][0] == "yes"
        assert "instagram-2/instagram.private-account" not in answers(program)
        accounts = program("account", "list", "--format", "json").json["accounts"]
        assert [each["id"] for each in accounts] == ["instagram", "instagram-2"]

    def test_an_older_archive_is_not_of_the_newer_ones_day(self, program: Program) -> None:
        old = placed(program, "old.zip", archive("one", "True", (2024, 5, 6)))
        new = placed(
            program, "new.zip", ARCHIVE.replace(b"personal_information.json", b"something_else_was_h.json")
        )
        assert program("evidence", "import", "--yes", old, new).code == 0
        assert answers(program)["instagram/instagram.private-account"] == (
            "yes", "evidence:instagram", "2024-05-06",
        )  # fmt: skip

    def test_each_file_in_a_folder_has_a_day_of_its_own(self, program: Program) -> None:
        placed(program, "folder/insta.zip", archive("one", "True"))
        placed(program, "folder/notes.txt", b"made today")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as packed:
            packed.writestr(
                "actor.json", '{"manuallyApprovesFollowers": true, "id": "https://piaille.fr/users/m"}'
            )
        placed(program, "folder/mastodon.zip", buffer.getvalue())
        old = export(program, "folder/logins.csv", made_on="2025-01-02")
        run = program("evidence", "import", "--dry-run", str(Path(old).parent))
        assert "Firefox, export of 2 January 2025" in run.out
        assert "Instagram, export of 22 November 2026" in run.out
        assert "Mastodon, export of" in run.out

    def test_a_folder_with_several_archives_unpacked_is_refused(self, program: Program) -> None:
        with zipfile.ZipFile(io.BytesIO(ARCHIVE)) as packed:
            packed.extractall(program.folder / "both")
        placed(program, "both/actor.json", b'{"manuallyApprovesFollowers": true, "id": "x"}')
        assert "several services" in refused(program, 3, "evidence", "import", "--yes", "both").err

    def test_what_comes_without_a_day_is_said_to_be_taken_for_todays(self, program: Program) -> None:
        words = "taken for an export of today"
        assert words in program("evidence", "import", "--dry-run", "-", stdin=LOGINS.encode()).out
        assert words not in program("evidence", "import", "--dry-run", export(program)).out

    def test_a_password_in_a_manager_does_not_undo_a_passkey(self, audited: Program) -> None:
        audited("password", "insta", "--passkey")
        run = audited("evidence", "import", "--yes", export(audited))
        assert "Your answer stays" in run.out
        assert not [key for key in answers(audited) if key.startswith("insta/")]
        assert audited("due", "--format", "json").json["passwords"][0]["state"] == "exempt"

    def test_a_clubs_mailbox_is_not_ones_own_for_lying_with_a_public_provider(self, audited: Program) -> None:
        audited("account", "add", "tiktok", "--purpose", "shared", "--label", "the club")
        profile = {"Profile": {"Profile Information": {"ProfileMap": {"emailAddress": "club@gmail.com"}}}}
        path = placed(audited, "user_data.json", json.dumps({**profile, "App Settings": {}}).encode())
        assert audited("evidence", "import", "--yes", path).code == 0
        assert answers(audited) == {}

    def test_a_change_just_after_midnight_elsewhere_was_today(self, program: Program) -> None:
        """What is stored can be exported and taken in again: no day of it is in the future."""
        tomorrow = ("https://www.instagram.com", USER, PASSWORD, "2026-11-01", "2026-11-23")
        path = export(program, text=firefox(tomorrow), made_on=TODAY)
        assert program("evidence", "import", "--yes", path).code == 0
        given = program("answers", "export").out
        assert "2026-11-23" not in given
        assert program("audit", "--answers", program.file("again.yaml", given)).code == 0

    def test_an_account_that_was_closed_is_not_added_again(self, program: Program) -> None:
        path = export(program)
        program("evidence", "import", "--yes", path)
        program("account", "close", "instagram")
        assert program("evidence", "import", "--yes", path).code == 0
        accounts = program("account", "list", "--format", "json").json["accounts"]
        assert [each["id"] for each in accounts if each["network"] == "instagram"] == ["instagram"]

    def test_what_an_export_said_is_not_put_into_the_persons_mouth(self, program: Program) -> None:
        path = export(program)
        program("evidence", "import", "--yes", path)
        again = program("evidence", "import", "--yes", path).out
        assert ("Known already" in again, "As you said" in again) == (True, False)


def test_accounts_without_answers_are_something_new(program: Program) -> None:
    path = program.file("chrome.csv", "name,url,username,password\nx,https://www.instagram.com,u,p\n")
    run = program("evidence", "import", "--yes", path)
    assert ("1 account added." in run.err, "Nothing new." in run.err) == (True, False)


def test_of_an_archive_nothing_is_said_about_stored_codes(program: Program) -> None:
    path = placed(program, "insta.zip", archive("one", "True"))
    assert "no code stored" not in program("evidence", "import", "--dry-run", path).out


class TestAsked:
    def test_without_a_terminal_the_ways_without_one_are_named(self, audited: Program) -> None:
        hint = refused(audited, 2, "evidence", "import", export(audited)).err
        assert "--dry-run" in hint
        assert "--yes" in hint

    def test_in_plain_lines_a_yes_stores(self, audited: Program) -> None:
        """The account that is new: yes; the other services: no."""
        run = audited("evidence", "import", "--plain", export(audited), stdin=b"y\nn\ny\n")
        assert run.code == 0, run.err
        accounts = audited("account", "list", "--format", "json").json["accounts"]
        assert [each["id"] for each in accounts] == ["insta", "tw", "gl", "google"]

    def test_a_no_stores_nothing(self, audited: Program) -> None:
        before = len(audited("store", "export").json["statements"])
        run = audited("evidence", "import", "--plain", export(audited), stdin=b"n\nn\nn\n")
        assert run.code == 0, run.err
        assert len(audited("store", "export").json["statements"]) == before

    def test_which_of_two_accounts_is_asked_once(self, audited: Program) -> None:
        """The user name is shown while choosing; the next import knows it again."""
        audited("account", "add", "instagram", "--label", "the club")
        run = audited("evidence", "import", "--plain", export(audited), stdin=b"2\ny\nn\ny\n")
        assert run.code == 0, run.err
        assert USER in run.err
        assert "instagram/instagram.password-age" in answers(audited)
        newer = export(audited, "newer.csv", LOGINS, TODAY)
        again = audited("evidence", "import", "--yes", newer)
        assert (again.code, "left out" not in again.out.replace("router; left out", "")) == (0, True)


class TestRefused:
    @pytest.mark.parametrize("content", ["", "hello\n", "{}", "a,b\n1,2\n", "<html></html>"])
    def test_what_no_reader_knows(self, audited: Program, content: str) -> None:
        run = refused(audited, 3, "evidence", "import", "--yes", audited.file("what", content))
        assert "evidence formats" in run.err

    def test_an_archive_with_a_passphrase_is_called_that(self, audited: Program) -> None:
        """Nothing in it can be recognised; that is not the person's fault."""
        locked = bytearray(ARCHIVE)
        for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # APPNOTE 4.4.4: bit 0 is encryption
            place = -1
            while (place := locked.find(mark, place + 1)) >= 0:
                locked[place + flags] |= 1
        path = audited.folder / "locked.zip"
        path.write_bytes(locked)
        assert "has a passphrase" in refused(audited, 3, "evidence", "import", "--yes", str(path)).err

    def test_a_file_that_is_not_there(self, audited: Program) -> None:
        refused(audited, 3, "evidence", "import", "--yes", "missing.csv")

    def test_one_bad_file_stores_nothing_of_the_good_one(self, audited: Program) -> None:
        before = len(audited("store", "export").json["statements"])
        refused(audited, 3, "evidence", "import", "--yes", export(audited), audited.file("what", "hello"))
        assert len(audited("store", "export").json["statements"]) == before


def test_formats_says_how_to_get_each(program: Program) -> None:
    run = program("evidence", "formats")
    assert run.code == 0
    for product in ("Firefox", "Bitwarden", "Instagram", "KeePass", "Google"):
        assert product in run.out
    french = program("evidence", "formats", "--lang", "fr").out
    assert french.count("Pour l’obtenir") == run.out.count("To get it") > 20


def test_a_planted_password_and_user_name_stay_in_the_export(audited: Program) -> None:
    """Neither is in a file, on the screen, in the store or in any report after an import."""
    path, archive = Path(export(audited)), audited.folder / "insta.zip"
    archive.write_bytes(ARCHIVE)
    runs = [
        audited("evidence", "import", "--dry-run", str(path), str(archive)),
        audited("evidence", "import", "--yes", "--add-all", str(path), str(archive)),
        audited("evidence", "import", "--yes", "-", stdin=LOGINS.encode()),
        audited("store", "export"),
        audited("answers", "export"),
        *(
            audited("report", "--format", form, "-o", f"report.{form}")
            for form in ("html", "md", "json", "csv")
        ),
        audited("findings"),
        audited("due"),
    ]
    assert [run.code for run in runs if run.code not in {0, 10}] == []
    path.unlink()
    archive.unlink()
    for secret in (PASSWORD, USER, USER.split("@", maxsplit=1)[0]):
        assert [run.out + run.err for run in runs if secret in run.out + run.err] == []
        held = [
            each
            for each in audited.folder.rglob("*")
            if each.is_file() and secret.encode() in each.read_bytes()
        ]
        assert held == []
