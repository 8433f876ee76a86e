"""As much of HTTP/2 (RFC 9113) as one GET needs: browsers speak it, and send cookies one by one."""

import socket
import ssl
from collections.abc import Iterator, Sequence

from .raw import Door, Header

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, SETTINGS, CONTINUATION = 0, 1, 4, 9
ACK = END_STREAM = 1
END_HEADERS = 4
FRAME = 16_384


def get(door: Door, path: str, headers: Sequence[Header]) -> bytes:
    """Return the body of the answer, b"" where the stream or the connection was ended instead."""
    context = ssl.create_default_context(cafile=door.authority)
    context.set_alpn_protocols(["h2"])
    plain = socket.create_connection(("127.0.0.1", door.port), timeout=20)
    with context.wrap_socket(plain, server_hostname=door.host) as connection:
        fields = [
            (":method", "GET"),
            (":scheme", "https"),
            (":authority", f"{door.host}:{door.port}"),
            (":path", path),
            *headers,
        ]
        block = b"".join(_literal(name, value) for name, value in fields)
        pieces = [block[start : start + FRAME] for start in range(0, len(block), FRAME)]
        connection.sendall(PREFACE + _frame(SETTINGS, 0, 0, b""))
        for index, piece in enumerate(pieces):
            kind = CONTINUATION if index else HEADERS
            flags = (0 if index else END_STREAM) | (END_HEADERS if piece is pieces[-1] else 0)
            connection.sendall(_frame(kind, flags, 1, piece))
        return b"".join(_body(connection))


def _body(connection: socket.socket) -> Iterator[bytes]:
    with connection.makefile("rb") as file:
        while head := file.read(9):
            content = file.read(int.from_bytes(head[:3]))
            kind, flags, stream = head[3], head[4], int.from_bytes(head[5:])
            if kind == SETTINGS and not flags & ACK:
                connection.sendall(_frame(SETTINGS, ACK, 0, b""))
            if kind == DATA:
                yield content
            if stream == 1 and (kind not in {DATA, HEADERS} or flags & END_STREAM):
                return


def _frame(kind: int, flags: int, stream: int, content: bytes) -> bytes:
    return len(content).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + content


def _literal(name: str, value: str | bytes) -> bytes:
    """Write a field without indexing or Huffman coding (RFC 7541, section 6.2.2)."""
    content = value if isinstance(value, bytes) else value.encode("latin-1")
    return b"\x00" + _string(name.encode()) + _string(content)


def _string(content: bytes) -> bytes:
    size = len(content)
    if size < 127:
        return bytes([size]) + content
    head, size = [127], size - 127
    while size >= 128:
        head.append(size % 128 + 128)
        size //= 128
    return bytes([*head, size]) + content
