"""OLLAMA_HOST is read as Ollama reads it, and only what is proven near is asked."""

import asyncio
import socket
from ipaddress import ip_address
from typing import Any

import pytest

from models.address import attest, is_near, parse
from models.errors import ModelUnreachable, NotLocal


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("", "http://127.0.0.1:11434"),
        ("127.0.0.1:11434", "http://127.0.0.1:11434"),
        (":56789", "http://127.0.0.1:56789"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:8000", "http://127.0.0.1:8000"),
        ("[::]:8000", "http://[::1]:8000"),
        ("gpu-box", "http://gpu-box:11434"),
        ("http://gpu-box:8000", "http://gpu-box:8000"),
        ("http://10.0.0.7", "http://10.0.0.7:80"),
        ("https://10.0.0.7", "https://10.0.0.7:443"),
        ("[::1]:11434", "http://[::1]:11434"),
        ("::1", "http://[::1]:11434"),
        ("[::1]", "http://[::1]:11434"),
        ("http://10.0.0.7:8000/models/ollama/", "http://10.0.0.7:8000/models/ollama"),
        ("gpu-box:ssh", "http://gpu-box:11434"),
        ("gpu-box:99999", "http://gpu-box:11434"),
        (' "127.0.0.1:1234" ', "http://127.0.0.1:1234"),
    ],
)
def test_host_is_read_in_every_form_that_ollama_takes(written: str, url: str) -> None:
    assert parse(written).base_url == url


def test_user_name_and_password_of_a_host_are_dropped() -> None:
    assert "secret" not in parse("http://user:secret@10.0.0.7:8000").base_url


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.9.9.9", "::1", "10.1.2.3", "172.31.0.1", "192.168.1.5", "fd00::7"])
def test_loopback_and_private_addresses_are_near(ip: str) -> None:
    assert is_near(ip_address(ip))


@pytest.mark.parametrize("ip", ["8.8.8.8", "172.32.0.1", "100.64.0.1", "169.254.169.254", "0.0.0.1"])
def test_other_addresses_are_not_near(ip: str) -> None:
    assert not is_near(ip_address(ip))


@pytest.mark.parametrize("ip", ["2001:4860::1", "::ffff:8.8.8.8", "fe80::1"])
def test_other_addresses_of_version_6_are_not_near(ip: str) -> None:
    assert not is_near(ip_address(ip))


def test_private_address_written_as_version_6_is_near() -> None:
    assert is_near(ip_address("::ffff:192.168.1.5"))


async def test_public_address_is_refused_with_the_reason() -> None:
    with pytest.raises(NotLocal, match=r"8\.8\.8\.8, neither this machine nor a private network"):
        await attest(parse("8.8.8.8:11434"))


async def test_address_of_another_kind_is_refused() -> None:
    with pytest.raises(NotLocal, match="ftp"):
        await attest(parse("ftp://127.0.0.1"))


def resolving_to(monkeypatch: pytest.MonkeyPatch, *ips: str) -> None:
    async def getaddrinfo(_loop: Any, _host: str, port: int, **_: Any) -> list[Any]:
        if not ips:
            raise socket.gaierror("unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)


async def test_name_is_pinned_to_the_address_it_was_proven_to_have(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving_to(monkeypatch, "192.168.1.5")
    assert (await attest(parse("gpu-box"))).pinned == "192.168.1.5"


async def test_name_that_resolves_to_a_near_and_a_far_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving_to(monkeypatch, "192.168.1.5", "93.184.216.34")
    with pytest.raises(NotLocal, match=r"gpu-box is at 93\.184\.216\.34"):
        await attest(parse("gpu-box"))


async def test_unknown_name_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving_to(monkeypatch)
    with pytest.raises(ModelUnreachable, match="the name 'gpu-box' is unknown"):
        await attest(parse("gpu-box"))
