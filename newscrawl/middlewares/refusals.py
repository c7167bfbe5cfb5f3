"""Why a request is not sent; each class is a reason in the statistics and in the catalog."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class RefusedRequest(IgnoreRequest):
    """A request that our own rules forbid."""

    reason = "refused"


class OutOfScope(RefusedRequest):
    """The URL is not the source's: another host, port or scheme, by link or by redirect."""

    reason = "out_of_scope"


class RobotsForbidden(RefusedRequest):
    """robots.txt forbids it, or could not be had, which means the same (RFC 9309 2.3.1.4)."""

    reason = "robots_forbidden"
