"""Proxies in front of the product's own: a second one of ours, and one that caches."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import stack
import system
from stack import DEPLOY, Certificate, Stack

# nginx of deploy/ with another site: it passes on to the nginx that stands before Django.
OUTER = """
server {
    server_name %(host)s;
    include tls.conf;
    location / {
        proxy_pass https://127.0.0.1:%(port)d;
        proxy_ssl_server_name on;
        proxy_ssl_name %(host)s;
        proxy_set_header Host $http_host;
        include forwarded-first.conf;
    }
}
"""
# Whatever an answer does not forbid to be kept is kept for ten minutes.
CACHING = """
proxy_cache_path cache keys_zone=cache:1m;
server {
    server_name %(host)s;
    include tls.conf;
    location / {
        proxy_pass https://127.0.0.1:%(port)d;
        proxy_ssl_server_name on;
        proxy_ssl_name %(host)s;
        proxy_set_header Host %(host)s:%(port)d;
        proxy_cache cache;
        proxy_cache_valid any 10m;
        add_header X-Cache $upstream_cache_status always;
    }
}
"""


@contextmanager
def outer_proxy(
    folder: Path, inner: Stack, certificate: Certificate, *, port: int
) -> Iterator[None]:
    """Run the proxy that people reach, in front of one that knows it."""
    with _proxy(folder, OUTER, inner, certificate, port=port):
        yield


@contextmanager
def caching_proxy(folder: Path, behind: Stack, certificate: Certificate) -> Iterator[int]:
    """Run a proxy that caches; the value is its port."""
    port = system.free_port()
    with _proxy(folder, CACHING, behind, certificate, port=port):
        yield port


@contextmanager
def _proxy(
    folder: Path, site: str, behind: Stack, certificate: Certificate, *, port: int
) -> Iterator[None]:
    host = str(urlsplit(behind.api).hostname)
    variables = {
        "HTTP_LISTEN": f"127.0.0.1:{system.free_port()}",
        "HTTPS_LISTEN": f"127.0.0.1:{port}",
        "TLS_CERTIFICATE": str(certificate.chain),
        "TLS_KEY": str(certificate.key),
        "UPSTREAM": "127.0.0.1:9",
    }
    stack.write_nginx(folder, [DEPLOY / "nginx"], variables)
    (folder / "site.conf").write_text(site % {"host": host, "port": behind.https_port})
    with stack.nginx(folder, port=port):
        yield
