"""A probe of a site -> the draft of its source file."""

from __future__ import annotations

from newscrawl.exceptions import UnknownRegion
from newscrawl.items import Region
from newscrawl.sources.guesses import level_of_region, name_of_title, path_of_region, region_of_name
from newscrawl.sources.probes import Probe
from newscrawl.sources.schema import Source
from newscrawl.sources.writing import SourceDraft
from newscrawl.text.region_names import region_named
from newscrawl.text.urls import host_of, is_in_scope

_GOV = ".gov.cn"


def draft_of(source: Source, probe: Probe) -> SourceDraft:
    """Return what a probe says of a site, to be looked over by a person; what is not known is left out."""
    name = name_of_title(probe.title) or source.name
    region = region_of_name(name) or _region_of_proof(probe)
    return SourceDraft(
        id=source.id,
        name=name,
        start=source.start,
        region=path_of_region(region) if region else "",
        kind="gov" if host_of(source.start[0]).endswith(_GOV) else "",
        level=level_of_region(region) if region else "",
        adcode=region.code if region else "",
        local=source.local,
        family=probe.family,
        feeds=(probe.feed,) if probe.feed else (),
        sitemaps=tuple(url for url in probe.sitemaps if is_in_scope(url, source.scope)),
        checked_on=probe.checked_at.date() if probe.is_fine else None,
    )


def _region_of_proof(probe: Probe) -> Region | None:
    if probe.proof is None or probe.proof.region is None:
        return None
    try:
        return region_named(probe.proof.region)
    except UnknownRegion:
        return None
