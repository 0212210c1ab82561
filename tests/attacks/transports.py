"""The same files over https (a real server with its own certificate, on this computer), a folder, a zip."""

from __future__ import annotations

import ipaddress
import ssl
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hygiene.distribution.fetching import Fetcher, fetcher_for

Answer = tuple[int, Mapping[str, str], bytes]


class Transport(Protocol):
    """Where a publisher's files can be had."""

    address: str

    def put(self, files: Mapping[str, bytes]) -> None:
        """Offer these files and no others."""
        ...

    def fetcher(self) -> Fetcher:
        """What fetches from here, for one command."""
        ...


class FolderTransport:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = str(path)

    def put(self, files: Mapping[str, bytes]) -> None:
        for old in [path for path in self.path.rglob("*") if path.is_file()]:
            old.unlink()
        for name, data in files.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def fetcher(self) -> Fetcher:
        return fetcher_for(self.address)


class ZipTransport:
    """A zip as a file manager makes it: with one folder around everything."""

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        self._path = path

    def put(self, files: Mapping[str, bytes]) -> None:
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(f"acme lists/{name}", data)

    def fetcher(self) -> Fetcher:
        return fetcher_for(self.address)


class WebTransport:
    """A server on the loopback interface.

    Attributes:
        asked: the names asked for so far.
        connections: how many were opened so far.
        headers: those of the last request.
        answers: what it says instead, by name; `*` for every name that there is no file of.
        delay: seconds before each answer.
    """

    def __init__(self, address: str, ca_file: Path) -> None:
        self.address = address
        self.ca_file = ca_file
        self.asked: list[str] = []
        self.connections = 0
        self.headers: Mapping[str, str] = {}
        self.answers: dict[str, Answer] = {}
        self.delay = 0.0
        self._files: Mapping[str, bytes] = {}

    def put(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(files)

    def fetcher(self) -> Fetcher:
        return fetcher_for(self.address, ca_file=self.ca_file)

    def answer(self, path: str) -> Answer:
        name = path.removeprefix("/lists/")
        self.asked.append(name)
        time.sleep(self.delay)
        if name in self.answers:
            return self.answers[name]
        if name in self._files:
            return 200, {"Content-Type": "application/json"}, self._files[name]
        return self.answers.get("*", (404, {"Content-Type": "text/plain"}, b"there is no such file"))


@contextmanager
def served(folder: Path, *, plain: bool = False) -> Iterator[WebTransport]:
    """Serve over https, with a certificate that only this transport's fetchers trust; or over plain http."""
    certificate = folder / "server.pem"
    with _Server(("127.0.0.1", 0), _Handler) as server:
        if not plain:
            certificate.write_bytes(_certificate())
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "http" if plain else "https"
        transport = WebTransport(f"{scheme}://127.0.0.1:{server.server_port}/lists", certificate)
        server.transport = transport
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield transport
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    transport: WebTransport
    daemon_threads = True

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Answer until the other side goes, which it may do at any time."""
        self.transport.connections += 1
        with suppress(OSError):
            super().finish_request(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else each answer's body waits for the acknowledgement of its head.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        assert isinstance(self.server, _Server)
        self.server.transport.headers = dict(self.headers)
        status, headers, body = self.server.transport.answer(self.path)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = len(body) != int(headers.get("Content-Length", len(body)))

    def log_message(self, *_: object) -> None:
        """Nothing on the error stream."""


def _certificate() -> bytes:
    """A key and a certificate signed with it, for the loopback address and an hour, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "lists.acme.example")])
    begin = datetime.now(UTC) - timedelta(minutes=5)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
