"""Why a request is not sent, or its answer not taken; each class is a reason in the statistics and the catalog."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class RefusedRequest(IgnoreRequest):
    """A request that our own rules forbid."""

    reason = "refused"


class OutOfScope(RefusedRequest):
    """The URL is not the source's: another host, port or scheme, by link or by redirect."""

    reason = "out_of_scope"


class KnownPage(RefusedRequest):
    """An article led to another address, which is known and is fetched in its own right, or was."""

    reason = "known_page"


class RobotsForbidden(RefusedRequest):
    """robots.txt forbids it."""

    reason = "robots_forbidden"


class RobotsUnavailable(RefusedRequest):
    """robots.txt could not be had, and so nothing is allowed (RFC 9309 2.3.1.4)."""

    reason = "robots_unavailable"


class CutOff(RefusedRequest):
    """The crawl ended before its turn came, or before its answer did; it stays as it was."""

    reason = "cut_off"


class RefusedBody(IgnoreRequest):
    """A response whose body is not what was sent, or more than we take."""

    reason = "refused_body"


class BrokenBody(RefusedBody):
    """A compressed body that is cut, or whose checksum does not agree."""

    reason = "corrupt_body"


class PartialBody(RefusedBody):
    """The connection ended before the page did."""

    reason = "partial_body"


class NotRendered(RefusedBody):
    """The scripts of the page did not come to rest, or the browser has failed."""

    reason = "not_rendered"


class LargeBody(RefusedBody):
    """A body that unfolds to more than DOWNLOAD_MAXSIZE."""

    reason = "too_large"
