"""Log lines for people: one line an event, without the text of the articles."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from twisted.python.failure import Failure


class QuietLogFormatter(LogFormatter):
    """A dropped item is an expected outcome: its reason is a line of information, not a warning with the item."""

    def dropped(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        """Log why an item went no further."""
        return {"level": logging.INFO, "msg": "Not archived: %(exception)s", "args": {"exception": exception}}

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """Log the address of what was archived."""
        return {
            "level": logging.DEBUG,
            "msg": "Archived: %(path)s",
            "args": {"path": getattr(item, "path", item)},
        }
