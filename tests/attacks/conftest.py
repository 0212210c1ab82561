from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.attacks.employee import Employee
from tests.attacks.publisher import Publisher
from tests.attacks.transports import FolderTransport, Transport, WebTransport, ZipTransport, served


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever proxy this machine has, the loopback interface is reached without it."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def web(tmp_path: Path) -> Iterator[WebTransport]:
    with served(tmp_path) as transport:
        yield transport


@pytest.fixture(params=["https", "folder", "zip"])
def transport(request: pytest.FixtureRequest, tmp_path: Path) -> Transport:
    if request.param == "https":
        server: WebTransport = request.getfixturevalue("web")
        return server
    if request.param == "zip":
        return ZipTransport(tmp_path / "lists.zip")
    (tmp_path / "share").mkdir()
    return FolderTransport(tmp_path / "share")


@pytest.fixture
def acme() -> Publisher:
    """A publisher with one release."""
    publisher = Publisher()
    publisher.release()
    return publisher


@pytest.fixture
def employee(tmp_path: Path, transport: Transport, acme: Publisher) -> Employee:
    """An employee who has taken in the first release."""
    transport.put(acme.files)
    someone = Employee(tmp_path / "sources", transport)
    someone.join(acme.first_root)
    return someone
