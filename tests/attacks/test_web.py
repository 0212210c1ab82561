"""What only a web server can do: pages to sign in on, redirects, certificates, slowness; what it is asked."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from tests.attacks.employee import Employee
from tests.attacks.publisher import NOW, SECOND, Publisher
from tests.attacks.transports import Answer, WebTransport, ZipTransport, served

from hygiene.distribution import web as web_module
from hygiene.distribution.client import adopt, fetch_root, fetch_roots, refresh
from hygiene.distribution.failures import IncompleteError, LoginPageError, NotASourceError, UnreachableError
from hygiene.distribution.fetching import fetcher_for
from hygiene.errors import HygieneError, NotDoneError

PAGE = b"<!doctype html><title>Sign in</title>"


@pytest.fixture
def transport(web: WebTransport) -> WebTransport:
    """Over https only."""
    return web


@pytest.fixture
def place(web: WebTransport) -> str:
    """The server as it is called in errors."""
    return web.address.removeprefix("https://").removesuffix("/lists")


ANSWERS: dict[str, tuple[Answer, type[HygieneError], str]] = {
    "a page to sign in on": (
        (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
        LoginPageError,
        "{place} answers with a web page in place of the lists; perhaps it wants you to sign in",
    ),
    "such a page that does not say what it is": (
        (200, {"Content-Type": "application/json"}, b"\n " + PAGE),
        LoginPageError,
        "{place} answers with a web page in place of the lists; perhaps it wants you to sign in",
    ),
    "such a page that does not look like one": (
        (200, {"Content-Type": "text/html"}, b"Please sign in"),
        LoginPageError,
        "{place} answers with a web page in place of the lists; perhaps it wants you to sign in",
    ),
    "a redirect to another host": (
        (302, {"Location": "https://login.invalid/"}, b""),
        LoginPageError,
        "{place} answers with a web page in place of the lists; perhaps it wants you to sign in",
    ),
    "not without signing in": ((401, {}, PAGE), UnreachableError, "{place} does not let you read this"),
    "a fault of the server": (
        (500, {}, b"oops"),
        UnreachableError,
        "{place} has a problem of its own at the moment",
    ),
    "an answer that breaks off": (
        (200, {"Content-Length": "5000"}, b"{"),
        UnreachableError,
        "{place} cannot be reached",
    ),
    "packed in an unknown way": (
        (200, {"Content-Encoding": "gzip"}, b"not gzip at all"),
        UnreachableError,
        "{place} cannot be reached",
    ),
    "nothing at all": (
        (200, {}, b""),
        IncompleteError,
        "“acme” is not complete yet: {file} is cut off or damaged",
    ),
}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("name", ["metadata/2.root.json", "metadata/timestamp.json"])
def test_whatever_a_server_answers_is_said_in_words(
    employee: Employee, web: WebTransport, place: str, answer: str, name: str
) -> None:
    """Where the next root is asked for, which mostly is not there, as well as elsewhere."""
    before = employee.lists()
    web.answers[name], kind, words = ANSWERS[answer]
    with pytest.raises(HygieneError) as caught:
        employee.update()
    assert type(caught.value) is kind
    assert isinstance(caught.value, NotDoneError)
    assert str(caught.value) == words.format(place=place, file=name.removeprefix("metadata/"))
    assert employee.lists() == before


def test_a_server_that_answers_every_unknown_name_with_a_page_is_no_source(
    acme: Publisher, web: WebTransport
) -> None:
    web.put(acme.files)
    web.answers["*"] = (200, {"Content-Type": "text/html"}, PAGE)
    with pytest.raises(LoginPageError) as caught:
        fetch_roots(web.address, fetcher=web.fetcher())
    assert "open the address in a browser" in caught.value.hint


def test_one_that_hides_what_is_not_there_is_a_source(employee: Employee, web: WebTransport) -> None:
    """Storage services answer 403 where one may not list the folder."""
    web.answers["*"] = (403, {}, b"<Error>AccessDenied</Error>")
    assert not employee.update().is_new


@pytest.mark.parametrize(("status", "kind"), [(403, UnreachableError), (404, NotASourceError)])
def test_an_address_without_lists_is_no_source(
    web: WebTransport, status: int, kind: type[HygieneError]
) -> None:
    web.answers["*"] = (status, {}, b"")
    with pytest.raises(HygieneError) as caught:
        fetch_roots(web.address, fetcher=web.fetcher())
    assert type(caught.value) is kind


def test_no_access_to_what_must_be_there_is_said(employee: Employee, web: WebTransport) -> None:
    web.answers["metadata/timestamp.json"] = (403, {}, b"")
    with pytest.raises(UnreachableError, match=r"“acme” does not let you read timestamp\.json"):
        employee.update()


def test_a_certificate_that_nobody_vouches_for_is_refused(
    employee: Employee, place: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without the file that makes it trusted, as the source's own address is fetched."""
    with pytest.raises(UnreachableError) as caught:
        refresh(employee.folder, employee.source, NOW)
    assert str(caught.value) == f"{place} shows a certificate that this computer does not trust"
    assert capfd.readouterr() == ("", "")


def test_a_certificate_that_somebody_else_vouches_for_is_refused(
    employee: Employee, web: WebTransport, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with served(tmp_path / "other") as other:
        fetcher = fetcher_for(web.address, ca_file=other.ca_file)
    with pytest.raises(UnreachableError, match="a certificate that this computer does not trust"):
        refresh(employee.folder, employee.source, NOW, fetcher=fetcher)


def test_a_companys_own_certificate_is_trusted_where_the_system_trusts_it(
    employee: Employee, web: WebTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here by the variable that OpenSSL reads in place of the system's folder."""
    monkeypatch.setenv("SSL_CERT_FILE", str(web.ca_file))
    assert not refresh(employee.folder, employee.source, NOW).is_new


def test_a_server_that_is_away_is_said(acme: Publisher, tmp_path: Path) -> None:
    with served(tmp_path) as web:
        web.put(acme.files)
        someone = Employee(tmp_path / "sources", web)
        someone.join(acme.first_root)
    before = someone.lists()
    with pytest.raises(UnreachableError, match="cannot be reached") as caught:
        someone.update()
    assert "the lists that you have stay in use" in caught.value.hint
    assert someone.lists() == before


def test_a_server_that_drips_is_given_up(
    employee: Employee, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_module, "FILE_SECONDS", -1.0)
    with pytest.raises(UnreachableError, match=f"{place} takes too long to answer"):
        employee.update()


def test_a_server_that_says_nothing_is_given_up(
    employee: Employee, web: WebTransport, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.delay = 0.5
    monkeypatch.setattr(web_module, "READ_SECONDS", 0.05)
    with pytest.raises(UnreachableError, match=f"{place} takes too long to answer"):
        employee.update()


class TestRequests:
    def test_a_first_run_takes_six_and_one_connection(
        self, acme: Publisher, web: WebTransport, tmp_path: Path
    ) -> None:
        web.put(acme.files)
        Employee(tmp_path / "sources", web).join(acme.first_root)
        assert web.asked == [
            "metadata/1.root.json",
            "metadata/2.root.json",
            "metadata/timestamp.json",
            "metadata/1.snapshot.json",
            "metadata/1.targets.json",
            acme.lists_name,
        ]
        assert web.connections == 1

    def test_roots_are_asked_for_once_whichever_was_agreed_to(
        self, acme: Publisher, web: WebTransport, tmp_path: Path
    ) -> None:
        for _ in range(2):
            acme.root.version += 1
            acme.write(acme.root)
        web.put(acme.files)
        with closing(web.fetcher()) as fetcher:
            roots = fetch_roots(web.address, fetcher=fetcher)
            adopt(tmp_path / "sources", web.address, roots[0], NOW, fetcher=fetcher)
        assert len(web.asked) == len(set(web.asked)) == 8

    def test_nothing_new_takes_two(self, employee: Employee, web: WebTransport) -> None:
        web.asked.clear()
        employee.update()
        assert web.asked == ["metadata/2.root.json", "metadata/timestamp.json"]

    def test_a_new_release_takes_five(self, employee: Employee, acme: Publisher, web: WebTransport) -> None:
        acme.release(SECOND)
        web.put(acme.files)
        web.asked.clear()
        employee.update()
        assert len(web.asked) == 5

    def test_what_is_kept_is_used_without_any(self, employee: Employee, web: WebTransport) -> None:
        web.asked.clear()
        employee.lists()
        assert web.asked == []

    def test_it_says_of_itself_what_program_it_is_and_no_more(
        self, web: WebTransport, acme: Publisher
    ) -> None:
        web.put(acme.files)
        fetch_root(web.address, fetcher=web.fetcher())
        assert {key.lower(): value for key, value in web.headers.items()} == {
            "host": web.address.split("/")[2],
            "user-agent": "hygiene",
            "accept-encoding": "identity",
        }


def test_a_zip_that_came_by_mail_updates_a_source_on_the_web(
    employee: Employee, acme: Publisher, tmp_path: Path
) -> None:
    """The signatures count, not the way; and the address stays."""
    acme.release(SECOND)
    mail = ZipTransport(tmp_path / "mail.zip")
    mail.put(acme.files)
    with closing(mail.fetcher()) as fetcher:
        taken = refresh(employee.folder, employee.source, acme.now, fetcher=fetcher)
    assert taken.is_new
    assert employee.source.address == employee.transport.address


class TestProxy:
    @contextmanager
    def proxy(self, *, wants_a_name: bool = False) -> Iterator[tuple[int, list[bytes]]]:
        """A proxy that lets connections through, and what it was told."""
        heads: list[bytes] = []
        with socket.create_server(("127.0.0.1", 0)) as listening:
            thread = threading.Thread(target=self.serve, args=(listening, heads, wants_a_name), daemon=True)
            thread.start()
            yield listening.getsockname()[1], heads

    def serve(self, listening: socket.socket, heads: list[bytes], wants_a_name: bool) -> None:  # noqa: FBT001
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(4096)
            heads.append(head)
            if wants_a_name:
                client.sendall(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n")
                client.close()
                continue
            host, _, port = head.split()[1].decode().rpartition(":")
            server = socket.create_connection((host, int(port)))
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self.pump, args=(one, other), daemon=True).start()

    def pump(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(4096):
                other.sendall(data)
        other.close()

    @pytest.mark.parametrize("variable", ["https_proxy", "all_proxy"])
    @pytest.mark.parametrize("scheme", ["http://", ""])
    def test_the_one_of_the_environment_is_used(
        self,
        acme: Publisher,
        web: WebTransport,
        monkeypatch: pytest.MonkeyPatch,
        variable: str,
        scheme: str,
    ) -> None:
        """It sees which host is asked and no more: the rest is encrypted. It may want a password."""
        web.put(acme.files)
        monkeypatch.delenv("no_proxy")
        with self.proxy() as (port, heads):
            monkeypatch.setenv(variable, f"{scheme}marker%40user:secret@127.0.0.1:{port}")
            with closing(web.fetcher()) as fetcher:
                assert fetch_root(web.address, fetcher=fetcher) == acme.first_root
        assert len(heads) == 1
        assert heads[0].startswith(b"CONNECT 127.0.0.1:")
        assert b"Basic bWFya2VyQHVzZXI6c2VjcmV0" in heads[0]

    def test_one_that_wants_a_name_is_said(
        self, acme: Publisher, web: WebTransport, place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        web.put(acme.files)
        monkeypatch.delenv("no_proxy")
        with self.proxy(wants_a_name=True) as (port, heads):
            monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
            with pytest.raises(UnreachableError) as caught:
                fetch_root(web.address, fetcher=web.fetcher())
        assert str(caught.value) == f"the proxy on the way to {place} does not let this through"
        assert heads

    def test_a_host_that_needs_none_is_reached_without(
        self, employee: Employee, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
        assert not employee.update().is_new

    def test_a_kind_that_is_not_known_is_said(
        self, web: WebTransport, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("no_proxy")
        monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
        with pytest.raises(UnreachableError, match="cannot be reached"):
            fetch_root(web.address, fetcher=web.fetcher())


def test_the_server_speaks_tls(web: WebTransport) -> None:
    """What these tests are about."""
    port = int(web.address.split(":")[2].partition("/")[0])
    with socket.create_connection(("127.0.0.1", port)) as plain:
        context = ssl.create_default_context(cafile=web.ca_file)
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as secure:
            assert secure.version() == "TLSv1.3"


def test_a_fetcher_for_the_web_asks_nothing_before_it_has_to(web: WebTransport) -> None:
    fetcher_for(web.address, ca_file=web.ca_file).close()
    assert web.connections == 0
