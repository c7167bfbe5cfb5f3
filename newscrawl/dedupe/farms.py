"""How much of a site is other people's news: its farm score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newscrawl.text.comparing import comparing_form


@dataclass(frozen=True, slots=True)
class Printed:
    """One text of a site: whom it names as its origin, and whether a story has another original."""

    outlet: str | None
    is_reprint: bool


@dataclass(frozen=True, slots=True)
class FarmScore:
    """What a site prints of others. Its own originals are what neither count has."""

    texts: int
    credited: int
    """Texts whose credit line names another outlet."""
    reprints: int
    """Texts of a story whose original stands elsewhere."""
    borrowed: int
    """Texts that are one or the other."""

    @property
    def ratio(self) -> float:
        """The share of the texts that are not the site's own, 0 to 1."""
        return self.borrowed / self.texts if self.texts else 0.0

    @property
    def uncredited_ratio(self) -> float:
        """The share of the reprints that name nobody: what tells a farm from a portal that credits."""
        silent = self.borrowed - self.credited
        return silent / self.reprints if self.reprints else 0.0


def farm_score(printed: Iterable[Printed], *, own_names: Iterable[str]) -> FarmScore:
    """Return the score of a site that calls itself by ``own_names``.

    >>> texts = [Printed("大众网", True), Printed("淄博新闻网", False), Printed(None, True), Printed(None, False)]
    >>> farm_score(texts, own_names=["淄博新闻网"]).ratio
    0.5
    """
    own = [form for name in own_names if len(form := comparing_form(name)) > 1]
    found = [(_is_credited(each.outlet, own), each.is_reprint) for each in printed]
    return FarmScore(
        texts=len(found),
        credited=sum(credited for credited, _ in found),
        reprints=sum(reprint for _, reprint in found),
        borrowed=sum(credited or reprint for credited, reprint in found),
    )


def _is_credited(outlet: str | None, own: list[str]) -> bool:
    form = comparing_form(outlet or "")
    return bool(form) and not any(name in form or form in name for name in own)
