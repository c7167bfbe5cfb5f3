"""Makes newscrawl/text/data/regions.tsv from the package china-division of npm.

    python tests/text/make_regions_table.py pca-code.json > newscrawl/text/data/regions.tsv

``pca-code.json`` is in the folder ``dist`` of china-division 2.7.0, which ends with June 2023. Left out
are the zones that only statistics count as regions (county digits 71 to 79), the placeholders 市辖区, 县
and 省直辖, and the streets of cities without districts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ADDED = {
    "460302": "西沙区",  # 2020; the package has the islands under statistical codes
    "460303": "南沙区",
    "500157": "两江新区",  # 2025, of 江北区 and 渝北区, which older news still names
    "653132": "岑岭县",  # 2026
    "653228": "和康县",  # 2024
    "653229": "和安县",
    "659013": "草湖市",  # 2026
    "710000": "台湾省",
    "810000": "香港特别行政区",
    "820000": "澳门特别行政区",
}
PLACEHOLDERS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
STATISTICAL = range(71, 80)


def regions(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the six-digit code and the name of a node of the package and of everything below it."""
    code = node["code"].ljust(6, "0")
    islands = code.startswith("4603") and code[4:] >= "21"
    if len(code) == 6 and int(code[4:]) not in STATISTICAL and not islands and code != "632857":
        if node["name"] not in PLACEHOLDERS:
            yield code, node["name"]
        for child in node.get("children", ()):
            yield from regions(child)


def main(path: Path) -> None:
    """Print the table."""
    rows = dict(ADDED)
    for province in json.loads(path.read_text(encoding="utf-8")):
        rows.update(regions(province))
    print("# Codes and names of GB/T 2260 in June 2023, with what came later.")
    print("# Made by tests/text/make_regions_table.py from china-division 2.7.0 (see NOTICE).")
    for code, name in sorted(rows.items()):
        print(code, name, sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
