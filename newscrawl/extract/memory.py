"""What the pages of one site have in common, learnt page by page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class SiteMemory:
    """Containers and lines seen on the pages of one site."""
