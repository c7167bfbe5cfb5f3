from __future__ import annotations

import pytest

from newscrawl.text.language import is_chinese

TEXTS = {
    "simplified": ("市政府今天召开会议,研究部署今年的重点工作。", True),
    "traditional": ("市議會今天三讀通過預算案,明年度增加社會福利經費。", True),
    "many abbreviations": ("A股三大指数今日涨跌不一,CPO、PCB概念股走强,ETF成交额放大。", True),
    "one Japanese title": ("导演宫崎骏的《となりのトトロ》本周在淄博市各影院重映,首日票房超过十万元。", True),
    "English": ("The council has opened three small parks in the old town.", False),
    "English with a Chinese name": ("Mayor 李明 opened three small parks in the old town this week.", False),
    "Japanese": ("東京都は今日、来年度の予算案を発表し、防災対策に重点を置く方針を示した。", False),
    "Korean": ("서울시는 오늘 내년도 예산안을 발표했다.", False),
    "Uyghur": ("شىنجاڭ ئۇيغۇر ئاپتونوم رايونى", False),
    "figures": ("2026-11-01 08:00 3.14", False),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_by_its_letters(text, expected):
    assert is_chinese(text) is expected
