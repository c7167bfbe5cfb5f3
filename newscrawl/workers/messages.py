"""Values over a socket: eight bytes of length, then the pickle.

Both ends are this program: a worker is confined against accidents (time, memory, crashes), not against a page
that takes over its process, which would run with the rights of the crawl anyway.
"""

from __future__ import annotations

import asyncio
import pickle
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct("!Q")
HEAD = _LENGTH.size
"""Bytes before the pickle."""


def pack(value: Any) -> bytes:  # noqa: ANN401
    """Return a value as one message."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(content)) + content


def read_message(stream: BinaryIO) -> Any:  # noqa: ANN401
    """Return the next value of a blocking stream.

    Raises:
        EOFError: the other side is gone.
    """
    return pickle.loads(_exactly(stream, _LENGTH.unpack(_exactly(stream, HEAD))[0]))


async def receive_message(reader: asyncio.StreamReader) -> Any:  # noqa: ANN401
    """Return the next value of an asyncio stream.

    Raises:
        asyncio.IncompleteReadError: the other side is gone; an ``EOFError``.
    """
    (length,) = _LENGTH.unpack(await reader.readexactly(HEAD))
    return pickle.loads(await reader.readexactly(length))


def _exactly(stream: BinaryIO, length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content
