"""Rule: radicals that stand in for hanzi, as PDF files leave them (⻓沙 for 长沙), become the hanzi.

NFKC does that for the Kangxi radicals (U+2F00-2FDF) and for two of the supplement (U+2E80-2EFF); the other
112 are here, as Unicode's EquivalentUnifiedIdeograph.txt has them. A radical is left alone where no hanzi
stands beside it: then the text may be about radicals.
"""

from __future__ import annotations

import re

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, Span
from newscrawl.text.characters import HANZI

_PAIRS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕𫜹⺖忄⺗心⺘扌"
    "⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒"
    "⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷"
    "⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马"
    "⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)
_HANZI_OF = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_RADICAL = re.compile(
    rf"[\u2e80-\u2eff](?=[{HANZI}\u2e80-\u2eff])|(?<=[{HANZI}\u2e80-\u2eff])[\u2e80-\u2eff]"
)


def find(draft: Draft) -> Findings:
    """Return the radicals among hanzi, each with the hanzi that is meant."""
    if not any("\u2e80" <= character <= "\u2eff" for character in draft.unusual):
        return NOTHING
    return Findings(
        tuple(
            Span(match.start(), match.end(), "radical for hanzi", _HANZI_OF[match.group()])
            for match in _RADICAL.finditer(draft.text)
            if match.group() in _HANZI_OF
        )
    )


RULE = Rule("radicals", find)
