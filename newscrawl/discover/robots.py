"""What a host's robots.txt allows, as RFC 9309 says; a pure decision over a status and some bytes.

==============================  =========================================================
answer                          policy
==============================  =========================================================
2xx                             the rules; what stands behind 500 KiB is not read (2.5)
4xx, 3xx that leads nowhere     everything is allowed: there is no robots.txt (2.3.1.3)
429                             nothing is allowed: the host asks for rest
5xx, no answer                  nothing is allowed (2.3.1.4)
==============================  =========================================================
"""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

SIZE_LIMIT = 500 * 1024
"""Bytes that a crawler has to read at the least (RFC 9309 2.5), and we at the most."""
DELAY_LIMIT = 120.0
"""Seconds. A longer Crawl-delay is taken for this one: the ceiling of Common Crawl's news crawler."""
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class RobotsPolicy:
    """What may be fetched from a host. Without rules all of it, or, when it is closed, nothing."""

    rules: Protego | None = None
    closed: bool = False

    def allows(self, url: str, agent: str) -> bool:
        r"""Return whether a crawler that calls itself ``agent`` may fetch the URL.

        >>> policy = policy_of(200, b"User-agent: *\nDisallow: /neibu/")
        >>> policy.allows("http://a.cn/neibu/1.html", "newscrawl"), policy.allows("http://a.cn/1.html", "newscrawl")
        (False, True)
        """
        if self.closed or self.rules is None:
            return not self.closed
        return bool(self.rules.can_fetch(url, agent))

    def crawl_delay(self, agent: str) -> float:
        """Return the seconds that the host wants between two requests; 0 when it does not say."""
        stated = self.rules.crawl_delay(agent) if self.rules is not None else None
        return min(max(float(stated or 0), 0.0), DELAY_LIMIT)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that robots.txt names."""
        return tuple(self.rules.sitemaps) if self.rules is not None else ()


def policy_of(status: int | None, body: bytes) -> RobotsPolicy:
    """Return the policy that an answer to a request for robots.txt means; ``status`` None is no answer."""
    if status is None or status >= 500 or status == _TOO_MANY_REQUESTS:
        return RobotsPolicy(closed=True)
    if not 200 <= status < 300:
        return RobotsPolicy()
    return RobotsPolicy(Protego.parse(_rules_text(body)))


def _rules_text(body: bytes) -> str:
    """Return the text of the rules; a line that the limit has cut through is dropped whole."""
    if len(body) > SIZE_LIMIT:
        body = body[:SIZE_LIMIT].rpartition(b"\n")[0]
    return body.decode("utf-8-sig", "replace")
