"""A source on a web server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from hygiene.distribution.failures import LoginPageError, UnreachableError, refused, unreachable
from hygiene.distribution.hosts import MissingError
from hygiene.language import N_
from hygiene.safety.cleaning import clean

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 20.0
FILE_SECONDS: Final = 120.0
"""For one file, however steadily a slow server drips."""

_PIECE: Final = 64 * 1024  # bytes
_MARKUP: Final = b"<"


class WebHost:
    """A web server, asked over one kept connection.

    The proxy is the one that the environment (`https_proxy`, `no_proxy`) or the system names, as
    `urllib.request` finds it. Certificates are the system's, or those of `SSL_CERT_FILE`. No redirect is
    followed: it leads to a page to sign in on, or the lists moved. (The fetcher that comes with TUF's client
    reads the same proxies; but it follows redirects, takes pages for files and cannot be given certificates.)

    Args:
        base: begins with https://, without a slash at its end; nothing where names are whole addresses.
        ca_file: certificates to trust in place of the system's, PEM.
    """

    def __init__(self, base: str, ca_file: Path | None = None) -> None:
        self.place = clean(urlsplit(base).netloc)
        self._base = f"{base}/" if base else ""
        self._ca_file = ca_file
        self._pools: dict[str, PoolManager] = {}

    def open(self, name: str) -> Iterator[bytes]:
        """Return a file in pieces; the server has answered, and not with a web page."""
        from urllib3.exceptions import HTTPError

        try:
            answer = self._ask(f"{self._base}{name}")
        except HTTPError as error:
            raise _unanswered(self.place, error) from error
        return self._checked(answer)

    def close(self) -> None:
        """Let go of the connection."""
        for pool in self._pools.values():
            pool.clear()

    def _ask(self, url: str) -> BaseHTTPResponse:
        from urllib3 import Retry, Timeout

        host = urlsplit(url).netloc
        if host not in self._pools:
            self._pools[host] = _pool(url, self._ca_file)
        return self._pools[host].request(
            "GET",
            url,
            preload_content=False,
            redirect=False,
            retries=Retry(1, status=0),
            timeout=Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        )

    def _checked(self, answer: BaseHTTPResponse) -> Iterator[bytes]:
        if problem := self._problem(answer):
            # Read to its end, the connection serves for the next file: each first run meets a 404.
            next(self._pieces(answer), None)
            raise problem
        pieces = self._pieces(answer)
        first = next(pieces, b"")
        if first.lstrip()[:1] == _MARKUP:
            raise _web_page(self.place)
        return chain([first], pieces)

    def _problem(self, answer: BaseHTTPResponse) -> Exception | None:
        match answer.status:
            case 200:
                is_page = answer.headers.get("Content-Type", "").startswith("text/html")
                return _web_page(self.place) if is_page else None
            case 403 | 404 | 410 as status:
                return MissingError(403 if status == 403 else 404)  # noqa: PLR2004 - HTTP's own number
            case 401 | 407:
                return refused(self.place)
            case status if status < 400:  # noqa: PLR2004 - where HTTP's errors begin
                return _web_page(self.place)
            case _:
                return unreachable(self.place, N_("{place} has a problem of its own at the moment"))

    def _pieces(self, answer: BaseHTTPResponse) -> Iterator[bytes]:
        from urllib3.exceptions import HTTPError

        end = time.monotonic() + FILE_SECONDS
        try:
            for piece in answer.stream(_PIECE):
                if time.monotonic() > end:
                    raise unreachable(self.place, N_("{place} takes too long to answer"))
                yield piece
            answer.release_conn()  # for the next file; one that was not read to its end is of no use
        except HTTPError as error:
            raise _unanswered(self.place, error) from error
        finally:
            answer.close()


def _pool(url: str, ca_file: Path | None) -> PoolManager:
    from urllib.request import getproxies, proxy_bypass

    from urllib3 import PoolManager, ProxyManager, make_headers

    settings: dict[str, Any] = {"headers": {"User-Agent": "hygiene", "Accept-Encoding": "identity"}}
    if ca_file:
        settings["ca_certs"] = str(ca_file)
    parts = urlsplit(url)
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.netloc):
        return PoolManager(**settings)
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    person = unquote(urlsplit(proxy).netloc.rpartition("@")[0])
    return ProxyManager(
        proxy, proxy_headers=make_headers(proxy_basic_auth=person) if person else None, **settings
    )


def _unanswered(place: str, error: Exception) -> UnreachableError:
    from urllib3 import exceptions as web

    reason = error.reason if isinstance(error, web.MaxRetryError) else error
    match reason:
        case web.SSLError():
            return UnreachableError(
                N_("{place} shows a certificate that this computer does not trust"),
                hint=N_("do not go on; please tell the people who publish these lists"),
                place=place,
            )
        case web.ProxyError():
            return unreachable(place, N_("the proxy on the way to {place} does not let this through"))
        case web.TimeoutError() if not isinstance(reason, web.NewConnectionError):
            return unreachable(place, N_("{place} takes too long to answer"))
        case _:
            return unreachable(place)


def _web_page(place: str) -> LoginPageError:
    return LoginPageError(
        N_("{place} answers with a web page in place of the lists; perhaps it wants you to sign in"),
        hint=N_("open the address in a browser to see, or ask for one that needs no signing in, or a folder"),
        place=place,
    )
