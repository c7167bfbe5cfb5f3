"""How much is said: on a terminal what is going on, elsewhere what went wrong."""

from __future__ import annotations

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings


def say_errors_only(settings: BaseSettings) -> None:
    """Leave nothing in the log but errors, unless the command line asks for a level (-L, --nolog, -s LOG_LEVEL=)."""
    if (settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
        settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
