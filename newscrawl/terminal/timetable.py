"""When what is run on a server: the lines of a crontab, or the units of systemd, for one checkout.

One archive has one writer, so the shards of a timetable take turns: each has its part of the time between two
rounds, and ends in order before the next begins.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SPARE_MINUTES = 2
"""Between the end of one crawl and the start of the next: a page may take 8 seconds, a slow disk its time."""
_HOUR, _DAY = 60, 24 * 60
_STATUS_AT, _VERIFY_AT = (7, 40), (3, 50)
"""Hours and minutes: before the working day, and when sites and people sleep."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """What is run, from where and how often."""

    folder: Path
    """Where the commands are run, and the archive stands."""
    command: tuple[str, ...]
    """How scrapy is called there."""
    settings: tuple[str, ...] = ()
    """Of the form NAME=VALUE, for every command."""
    every: int = 30
    """Minutes from one round to the next: a divisor of an hour or of a day in hours."""
    shards: int = 1
    minutes: int | None = None
    """The time of one crawl; None for as much as there is."""
    log: str | None = None
    """A file for the log of the crawls, relative to the folder."""
    user: str = ""

    @property
    def turn(self) -> int:
        """Minutes that a shard has, the spare ones included."""
        return self.every // self.shards

    def mistake(self) -> str | None:
        """Return what is wrong with it, None when it can be kept."""
        if self.shards < 1 or self.every < 1:
            return "every and shards count from 1"
        if (_HOUR % self.every and self.every % _HOUR) or _DAY % self.every:
            return f"every {self.every} minutes does not come out even in an hour or a day: 15, 20, 30, 60, 120 do"
        if self.turn <= SPARE_MINUTES:
            return (
                f"{self.shards} shards have {self.turn} minutes each: too few; have them less often, or fewer"
            )
        if self.minutes is not None and not 1 <= self.minutes <= self.turn - 1:
            return f"minutes={self.minutes}: between two starts there are {self.turn}"
        return None

    def crawl(self, shard: int | str) -> tuple[str, ...]:
        """Return the command of a shard's crawl."""
        minutes = self.minutes or self.turn - SPARE_MINUTES
        words = ["crawl", "news", "-a", f"minutes={minutes}"]
        words += ["-a", f"shard={shard}/{self.shards}"] if self.shards > 1 else []
        log = ("-L", "INFO", "--logfile", self.log) if self.log else ()
        return (*self.command, *words, *log, *self._stated())

    def other(self, *words: str) -> tuple[str, ...]:
        """Return another command."""
        return (*self.command, *words, *self._stated())

    def _stated(self) -> Iterator[str]:
        for setting in self.settings:
            yield from ("-s", setting)


def crontab(table: Timetable) -> str:
    """Return the lines of a crontab. It mails what is said, and what goes well says nothing."""
    crawls = [
        f"{_cron_times(table, shard)} {_cron_command(table, table.crawl(shard))}"
        for shard in range(table.shards)
    ]
    status = _cron_command(table, table.other("status", "--alarms"))
    verify = _cron_command(table, table.other("verify"))
    return "\n".join(
        [
            "# newscrawl; put it into: crontab -e",
            *crawls,
            f"{_STATUS_AT[1]} {_STATUS_AT[0]} * * * {status}",
            f"{_VERIFY_AT[1]} {_VERIFY_AT[0]} * * 0 {verify}",
            "",
        ]
    )


def _cron_times(table: Timetable, shard: int) -> str:
    first = shard * table.turn
    if table.every <= _HOUR:
        minutes = ",".join(str(minute) for minute in range(first, _HOUR, table.every))
        return f"{minutes} * * * *"
    hours = ",".join(str(hour) for hour in range(first // _HOUR, 24, table.every // _HOUR))
    return f"{first % _HOUR} {hours} * * *"


def _cron_command(table: Timetable, words: tuple[str, ...]) -> str:
    command = f"cd {shlex.quote(str(table.folder))} && {shlex.join(words)}"
    return command.replace("%", r"\%")  # cron ends the command at a bare one


def units(table: Timetable) -> dict[str, str]:
    """Return the units of systemd by file name: a service and a timer for each thing to do."""
    found: dict[str, str] = {}
    for shard in range(table.shards):
        name = f"newscrawl-{shard}" if table.shards > 1 else "newscrawl"
        limit = (table.minutes or table.turn) + SPARE_MINUTES
        told = (
            f"newscrawl: crawl, shard {shard} of {table.shards}" if table.shards > 1 else "newscrawl: crawl"
        )
        found[f"{name}.service"] = _service(table, told, table.crawl(shard), minutes=limit)
        found[f"{name}.timer"] = _timer(told, _calendar(table, shard))
    for name, words, times in (
        ("status", ("status", "--alarms"), "*-*-* {:02}:{:02}:00".format(*_STATUS_AT)),
        ("verify", ("verify",), "Sun *-*-* {:02}:{:02}:00".format(*_VERIFY_AT)),
    ):
        told = f"newscrawl: {name}"
        found[f"newscrawl-{name}.service"] = _service(table, told, table.other(*words), minutes=_DAY)
        found[f"newscrawl-{name}.timer"] = _timer(told, times)
    return found


def _calendar(table: Timetable, shard: int) -> str:
    first = shard * table.turn
    if table.every <= _HOUR:
        return f"*-*-* *:{first:02}/{table.every}:00" if table.every < _HOUR else f"*-*-* *:{first:02}:00"
    return f"*-*-* {first // _HOUR:02}/{table.every // _HOUR}:{first % _HOUR:02}:00"


def _service(table: Timetable, told: str, words: tuple[str, ...], *, minutes: int) -> str:
    user = f"User={table.user}\n" if table.user else ""
    return f"""\
[Unit]
Description={told}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
{user}WorkingDirectory={str(table.folder).replace("%", "%%")}
ExecStart={" ".join(map(_unit_word, words))}
TimeoutStartSec={minutes}min
TimeoutStopSec=30s
KillMode=mixed
Nice=10
NoNewPrivileges=yes
PrivateTmp=yes
"""


def _timer(told: str, times: str) -> str:
    return f"""\
[Unit]
Description={told}

[Timer]
OnCalendar={times}

[Install]
WantedBy=timers.target
"""


def _unit_word(word: str) -> str:
    r"""Return a word as ExecStart wants it.

    >>> print(_unit_word('a b%"'), _unit_word("minutes=5"))
    "a b%%\"" minutes=5
    """
    escaped = word.replace("\\", "\\\\").replace('"', r"\"").replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if escaped != word or " " in word or not word else word


def rotation(table: Timetable) -> str:
    """Return a snippet for logrotate. Every crawl opens the log anew, so the old one can be moved away under it."""
    return f"""\
# newscrawl; put it into: /etc/logrotate.d/newscrawl
"{table.folder / (table.log or "")}" {{
    weekly
    rotate 8
    compress
    delaycompress
    missingok
    notifempty
}}
"""
