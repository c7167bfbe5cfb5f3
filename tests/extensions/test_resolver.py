from __future__ import annotations

import pytest

from newscrawl.extensions.resolver import is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",  # where clouds keep their credentials
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "ff02::1",
    ],
)
def test_addresses_that_are_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["202.102.144.56", "8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8"])
def test_addresses_that_pass(address):
    assert is_public(address)
