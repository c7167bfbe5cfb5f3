"""Makes newscrawl/text/data/hanzi.tsv from the dictionaries of OpenCC.

    python tests/text/make_hanzi_table.py FOLDER_OF_DICTIONARIES > newscrawl/text/data/hanzi.tsv

The folder is ``opencc/dictionary`` of the package opencc-python-reimplemented 0.1.7 (Apache-2.0).
"""

from __future__ import annotations

import sys
from pathlib import Path

# Written in both scripts although GB2312 lacks them: 瞭望, and characters that the standard of 2013
# (通用规范汉字表) gave back to names.
SHARED = set("瞭昇陞邨甦迺氾濛頫阪祇牴衹")
# Taiwan's and everyday spellings that OpenCC handles by phrase or not at all.
EXTRA = {"馀": "余", "著": "着", "妳": "你", "牠": "它", "暱": "昵", "揹": "背", "伕": "夫", "祂": "他"}
# In GB2312, but today's simplified text writes 后, 于, 烟 and 糖.
NOT_SHARED = set("後於菸醣")
NOT_VARIANTS = {"么"}  # 幺/么: 么 is the simplified 麼


def read_table(path: Path) -> dict[str, list[str]]:
    """Return the alternatives of each character, the preferred first."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return {key: values.split() for key, values in (line.split("\t") for line in lines if line)}


def in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def add_variant(fold: dict[str, str], key: str, value: str) -> None:
    """Fold a regional variant, towards the one that simplified text uses (擡 to 抬)."""
    if in_gb2312(value) and not in_gb2312(fold.get(key, key)):
        fold.setdefault(key, value)
    else:
        fold.setdefault(value, fold.get(key, key))


def folds(folder: Path) -> dict[str, str]:
    """Return the one form that each traditional or variant character is folded to, chains resolved."""
    fold = {}
    for key, values in read_table(folder / "TSCharacters.txt").items():
        fold[key] = values[0] if values[0] != key else values[1]
    for name in ("TWVariants.txt", "HKVariants.txt"):
        for key, values in read_table(folder / name).items():
            for value in values:
                if value not in NOT_VARIANTS and value != fold.get(key, key):
                    add_variant(fold, key, value)
    fold |= EXTRA
    for key in fold:
        while fold[key] in fold:
            fold[key] = fold[fold[key]]
    return {key: value for key, value in fold.items() if key != value}


def main(folder: Path) -> None:
    """Print the table."""
    print("# Traditional and variant characters, the one form they are compared by, and 'both' for those")
    print(
        "# that simplified text uses as well. Made by tests/text/make_hanzi_table.py from OpenCC (see NOTICE)."
    )
    for key, value in sorted(folds(folder).items()):
        shared = key in SHARED or (in_gb2312(key) and key not in NOT_SHARED)
        print(key, value, *(["both"] if shared else []), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
