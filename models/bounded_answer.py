"""An answer from outside that can neither grow without end nor set anything for the next call."""

import zlib
from collections.abc import AsyncIterator, Iterator, Mapping

import httpx

MOST_BYTES = 8 * 1024 * 1024
"""Longest answer, bytes after unpacking; the longest text that is asked for has some thousand."""

# Cookies stay out: the next request would carry them. The length is that of the packed bytes.
HEADERS_THAT_ENTER = frozenset({"content-type", "date", "retry-after", "retry-after-ms", "x-request-id"})
PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""Window bits of zlib for the encodings that are read; none of them is asked for."""


def bounded(response: httpx.Response) -> httpx.Response:
    """Return a response as its reader may have it: few headers, unpacked, and at most `MOST_BYTES` long."""
    meter = _Meter(response.headers)
    kept = [(name, value) for name, value in response.headers.multi_items() if name in HEADERS_THAT_ENTER]
    stream = response.stream
    if isinstance(stream, httpx.AsyncByteStream):
        return httpx.Response(response.status_code, headers=kept, stream=_AsyncBounded(stream, meter))
    assert isinstance(stream, httpx.SyncByteStream)
    return httpx.Response(response.status_code, headers=kept, stream=_Bounded(stream, meter))


class _Meter:
    """Unpacks what comes, and counts it."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        encoding = headers.get("content-encoding", "identity").strip().lower()
        if encoding not in {"identity", "", *PACKED}:
            raise httpx.DecodingError("the answer is packed in a way that was not asked for")
        self._unpacker = zlib.decompressobj(PACKED[encoding]) if encoding in PACKED else None
        self._left = MOST_BYTES

    def take(self, data: bytes) -> bytes:
        """Return the next bytes unpacked; raises where they are too many or not what they are said to be."""
        try:
            # One byte more than is left tells that it is too long, before the rest of a bomb is unpacked.
            plain = data if self._unpacker is None else self._unpacker.decompress(data, self._left + 1)
        except zlib.error as fault:
            raise httpx.DecodingError("the answer is not packed as it says") from fault
        self._left -= len(plain)
        if self._left < 0:
            raise httpx.ReadError(f"the answer is longer than {MOST_BYTES} bytes")
        return plain


class _AsyncBounded(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, meter: _Meter) -> None:
        self._inner, self._meter = inner, meter

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for data in self._inner:
            yield self._meter.take(data)

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Bounded(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, meter: _Meter) -> None:
        self._inner, self._meter = inner, meter

    def __iter__(self) -> Iterator[bytes]:
        for data in self._inner:
            yield self._meter.take(data)

    def close(self) -> None:
        self._inner.close()
