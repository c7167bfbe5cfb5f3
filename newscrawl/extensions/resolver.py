"""A resolver that gives public addresses only, so that no page can send the crawl into the operator's network.

It sees the very address that is connected to, for every route (start, link, redirect, feed, sitemap,
robots.txt), which a check of the URL cannot: a public name may resolve to an internal address, and
``http://2130706433/`` or ``http://0x7f.1/`` are 127.0.0.1 too. Behind a proxy nobody asks it.

Hosts that a crawl itself declares local (a source with ``local = true``, a URL typed by the operator) pass,
and names under ``.localhost`` are this machine without being looked up, as RFC 6761 6.3 has it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scrapy.resolver import CachingHostnameResolver, HostResolution
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

if TYPE_CHECKING:
    from scrapy.crawler import CrawlerProcessBase
    from twisted.internet.base import ReactorBase


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the open internet.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return bool((mapped or ip).is_global and not (mapped or ip).is_multicast)


@implementer(IResolutionReceiver)
class _PublicOnly:
    """A receiver that hands on the addresses that are public; with none left the name counts as not found."""

    def __init__(self, receiver: Any) -> None:
        self._receiver = receiver

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 (the interface's name)
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if is_public(address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class PublicHostResolver:
    """Scrapy's caching resolver, closed to every address that is not public."""

    def __init__(self, process: CrawlerProcessBase, inner: CachingHostnameResolver) -> None:
        self._process = process
        self._inner = inner

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: ReactorBase) -> PublicHostResolver:
        """Scrapy hands the process over here, since one resolver serves all its crawlers."""
        return cls(crawler, CachingHostnameResolver.from_crawler(crawler, reactor))

    def install_on_reactor(self) -> None:
        """Make every connection of this process ask here."""
        reactor: Any = self._inner.reactor
        reactor.installNameResolver(self)

    def is_local(self, host: str) -> bool:
        """Return whether a crawl of this process has declared the host local."""
        spiders = [crawler.spider for crawler in self._process.crawlers]
        return any(host in getattr(spider, "local_hosts", ()) for spider in spiders)

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve a name into the addresses that may be connected to."""
        receiver: Any = resolutionReceiver if self.is_local(hostName) else _PublicOnly(resolutionReceiver)
        if hostName == "localhost" or hostName.endswith(".localhost"):
            return _loopback(receiver, hostName, portNumber)
        return self._inner.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


def _loopback(receiver: Any, host: str, port: int) -> HostResolution:
    resolution = HostResolution(host)
    receiver.resolutionBegan(resolution)
    receiver.addressResolved(IPv4Address("TCP", "127.0.0.1", port))
    receiver.resolutionComplete()
    return resolution
