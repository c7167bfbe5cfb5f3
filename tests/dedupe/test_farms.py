from __future__ import annotations

import pytest

from newscrawl.dedupe import Printed, farm_score

OWN = ["沂泉新闻网", "沂泉网"]

SITES = {
    "nothing printed": ([], 0, 0, 0.0),
    "all its own": ([Printed("沂泉新闻网", False), Printed(None, False)], 0, 0, 0.0),
    "its own under a longer name": ([Printed("沂泉新闻网-沂泉日报", False)], 0, 0, 0.0),
    "its own in traditional script": ([Printed("沂泉新聞網", False)], 0, 0, 0.0),
    "credited to others": ([Printed("大众网", False), Printed("沂泉网", False)], 1, 0, 0.5),
    "reprints that name nobody": ([Printed(None, True), Printed(None, True)], 0, 2, 1.0),
    "a reprint that is credited counts once": ([Printed("大众网", True), Printed(None, False)], 1, 1, 0.5),
    "it credits itself for another's text": ([Printed("沂泉网", True)], 0, 1, 1.0),
}


@pytest.mark.parametrize(("printed", "credited", "reprints", "ratio"), SITES.values(), ids=SITES.keys())
def test_the_share_of_others_news(printed, credited, reprints, ratio):
    score = farm_score(printed, own_names=OWN)
    assert (score.texts, score.credited, score.reprints) == (len(printed), credited, reprints)
    assert score.ratio == ratio


def test_a_farm_is_silent_where_a_portal_credits():
    portal = farm_score([Printed("大众网", True)] * 4, own_names=OWN)
    farm = farm_score([Printed(None, True)] * 3 + [Printed("大众网", True)], own_names=OWN)
    assert portal.ratio == farm.ratio == 1.0
    assert (portal.uncredited_ratio, farm.uncredited_ratio) == (0.0, 0.75)
