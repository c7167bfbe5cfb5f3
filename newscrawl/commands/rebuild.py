"""``scrapy rebuild``: the catalog anew from the files of an archive."""

from __future__ import annotations

from pathlib import Path

from newscrawl.terminal.archive_command import DAMAGED, DONE, ArchiveCommand


class Command(ArchiveCommand):
    """Makes the catalog from manifests, seed files, quarantine and WARC."""

    def short_desc(self) -> str:
        return "Make the catalog anew from the files of the archive"

    def long_desc(self) -> str:
        return (
            "Make catalog.sqlite3 anew from the manifests, the seed files, the quarantine and the WARC files. The old "
            "one is kept beside it. Examples: scrapy rebuild; scrapy rebuild demo-archive. "
            "Exit codes: 0 done, 2 usage, 5 a run holds the archive, 6 done, but files are damaged: a line each."
        )

    def work(self, folder: Path) -> int:
        from newscrawl.archiving.catching_up import catch_up
        from newscrawl.storage import Archive, rebuild
        from newscrawl.terminal.progress import progress_of

        with progress_of(f"rebuilding {folder}") as progress:
            rebuilt = rebuild(folder, progress=progress)
        with progress_of("comparing texts") as progress, Archive.open(folder) as archive:
            catch_up(archive, progress)
            count_of_all, on_several_sites = archive.story_counts()
        for finding in rebuilt.findings:
            print(finding)
        print(", ".join(f"{count} {table}" for table, count in rebuilt.counts.items()))
        print(f"{count_of_all} stories, of which {on_several_sites} on several sites")
        if rebuilt.old_catalog:
            print(f"the old catalog is kept as {folder / rebuilt.old_catalog}")
        return DAMAGED if any(finding.is_damage for finding in rebuilt.findings) else DONE
