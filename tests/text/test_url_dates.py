from __future__ import annotations

from datetime import date

import pytest

from newscrawl.text.url_dates import date_of_url


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.cn/yw/202608/t20260812_4720311.htm", date(2026, 8, 12)),
        ("http://a.cn/2019-07/18/content_7412334.htm", date(2019, 7, 18)),
        ("http://a.cn/html/2019/07-18/content_1.htm", date(2019, 7, 18)),
        ("http://a.cn/system/2019/11/21/037812219.shtml", date(2019, 11, 21)),
        ("http://a.cn/art/2026/7/4/art_94_3128871.html", date(2026, 7, 4)),
        ("http://a.cn/zbyaowen/2025/1103/5881204.shtml", date(2025, 11, 3)),
        ("http://a.cn/content/20180803/Articel02005MN.htm", date(2018, 8, 3)),
        ("http://a.cn/pc/content/202010/16/content_1.html", date(2020, 10, 16)),
        ("http://a.cn/2019/12_0716/38871.html", date(2019, 7, 16)),
        ("http://a.cn/news/2019-7-6/1.html", date(2019, 7, 6)),
        ("https://new.qq.com/rain/a/20230810A07UVX00", date(2023, 8, 10)),
        ("http://a.cn/html/xw20230810-12.html", date(2023, 8, 10)),
        ("https://news.163.com/23/0810/10/IBQH2K7P0001899O.html", date(2023, 8, 10)),
        ("https://finance.sina.com.cn/roll/2018-12-28/doc-ihqfskcn2160999.shtml", date(2018, 12, 28)),
        ("http://a.cn/2019/t20190716_1.htm", date(2019, 7, 16)),
        ("http://a.cn/politics/2023_08_10_516999.shtml", date(2023, 8, 10)),
        ("http://a.cn/201907/5.html", None),
        ("http://a.cn/2023/0230/1.html", None),
        ("http://a.cn/2023/1340/1.html", None),
        ("http://a.cn/detail/20231100148912.html", None),
        ("http://a.cn/info/1042/380121.htm", None),
        ("http://a.cn/show/2019.html", None),
        ("http://a.cn/news/1234/0810/1.html", None),
        ("http://a.cn/?date=2023-08-10", None),
        ("http://a.cn/yw/202608/t20260807_4719212.htm", date(2026, 8, 7)),
        ("http://a.cn/2016-05-25/doc-ifx.shtml", date(2016, 5, 25)),
        ("http://a.cn/n1/2024/0510/c1004-40232587.html", date(2024, 5, 10)),
        ("http://a.cn/news/20240520/1676288.shtml?fr=20100101", date(2024, 5, 20)),
        ("http://a.cn/2024-05/13/content_117.htm", date(2024, 5, 13)),
        ("http://a.cn/art/2026/7/1/art_45_1.html", date(2026, 7, 1)),
        ("http://a.cn/system/2019/11/05/030.shtml", date(2019, 11, 5)),
        ("https://a.com/rain/a/20240513A00GCM00", date(2024, 5, 13)),
        ("http://a.cn/post/2740.html", None),
        ("http://a.cn/2024/13/45/1.html", None),
        ("http://2024-05-13.cn/", None),
        ("", None),
        ("http://a.cn/paper/2023-08-10.html", date(2023, 8, 10)),
        ("http://a.cn/19491001/1.html", None),
    ],
)
def test_the_day_in_an_address(url, day):
    assert date_of_url(url) == day
