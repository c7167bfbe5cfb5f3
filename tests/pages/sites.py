"""The invented sites of the golden pages, the pages on them that are no article, and what farms inject."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """One invented site: who it is, what its pages are made with, and how it spells addresses."""

    name: str
    place: str
    template: str
    domain: str
    path: str
    columns: str
    encoding: str = "utf-8"
    declared: str = "utf-8"
    content_type: str | None = "text/html"


SITES = {
    "dongjiang": Site("东江新闻网", "东江", "trs", "news.dongjiang.example", "/szxw/{Ym}/t{Ymd}_{n}.htm", "首页 要闻 教育 民生 图片 视频 专题"),
    "yunling": Site("云岭晚报网", "云岭", "founder", "www.yunlingwb.example", "/{Y}-{m}/{d}/content_{n}.htm", "首页 要闻 社会 财经 体育", "gb18030", "gb2312"),
    "qinghe": Site("青河在线", "青河", "enorth", "www.qinghe.example", "/system/{Y}/{m}/{d}/0{n}.shtml", "首页 三农 城建 社会 文娱", "gbk", "gb2312", None),
    "shibu": Site("石埠县人民政府", "石埠", "hanweb", "www.shibu-gov.example", "/art/{Y}/{mm}/{dd}/art_1203_{n}.html", "首页 政务公开 政务服务 互动交流 走进石埠"),
    "nanpu": Site("南浦市教育局", "南浦", "vsb", "edu.nanpu-gov.example", "/info/1043/{n}.htm", "首页 机构概况 工作动态 通知公告 校园风采"),
    "yuyang": Site("渔洋市人民政府门户网站", "渔洋", "ucap", "www.yuyang-gov.example", "/xw/content/post_{n}.html", "首页 要闻动态 政府信息公开 办事服务"),
    "liuzhen": Site("柳镇热线", "柳镇", "dede", "www.liuzhen.example", "/a/bendi/{Y}/{m}{d}/{n}.html", "主页 本地新闻 平安柳镇 房产 招聘", "gbk", "gb2312", "text/html; charset=GBK"),
    "gucheng": Site("古城资讯网", "古城", "empire", "www.gucheng-zx.example", "/news/{Y}-{m}-{d}/{n}.html", "首页 文化 出行 美食 房产 便民"),
    "haiwan": Site("海湾生活网", "海湾", "phpcms", "www.haiwanlife.example", "/{Y}/shehui_{m}{d}/{n}.html", "首页 社会 旅游 美食 教育"),
    "baishitong": Site("新知百事通", "西岭", "zblog", "www.xinzhi-bst.example", "/post/{n}.html", "首页 资讯 百科 生活"),
    "shanli": Site("山里时报", "雪岭", "wordpress", "shanlishibao.example", "/{Y}/{m}/{n}/", "首页 乡村 产业 人物"),
    "qili": Site("七里河畔社区", "七里", "discuz", "bbs.qilihepan.example", "/portal.php?mod=view&aid={n}", "门户 论坛 二手 拼车", "gbk", "gbk", "text/html; charset=gbk"),
    "chaojiang": Site("潮江日报", "潮江", "epaper", "epaper.chaojiang.example", "/html/{Y}-{m}/{d}/content_{n}.htm?div=-1", "要闻 综合 人物 副刊"),
    "qian": Site("齐安网", "望岳", "iqilu", "wangyue.qianwang.example", "/{Y}/{m}{d}/{n}.shtml", "新闻 天气 视频 问政 专题"),
    "sifang": Site("四方新闻网", "桃溪", "sdchina", "taoxi.sifangnews.example", "/show/{n}.html", "首页 民生 城事 经济 文旅"),
    "xiaowan": Site("小湾发布", "小湾", "wechat", "mp.gongzhonghao.example", "/s?__biz=MzA3&mid={n}&idx=1", "公众号"),
    "lengquan": Site("冷泉网", "冷泉", "ifeng", "news.lengquan.example", "/c/8{n}", "首页 快讯 解读 财经 视频"),
    "jiuyuan": Site("旧苑县人民政府网", "旧苑", "oldgov", "www.jiuyuan-gov.example", "/show.asp?id={n}", "首页 政府文件 公告 县内新闻", "gbk", "gb2312"),
    "jingxiang": Site("bubblebakery", "雙橋", "mirror", "www.bubblebakery.example", "/{Ymd}/{n}.html", "首頁 新聞 關於"),
    "kuaixun": Site("快讯导报网", "兰陂", "xunjk", "sannong.kuaixun.example", "/gd/{Y}/{m}{d}/{n}.html", "首页 业界 三农 法治 经济"),
}  # fmt: skip

OTHERS = {  # template: site, day, path, reason
    "list_page": ("dongjiang", "2025-03-28", "/jy/index.htm", "list_page"),
    "soft_404": ("qinghe", "2024-07-01", "/system/2024/07/01/0999.shtml", "soft_404"),
    "gone": ("qili", "2024-09-12", "/portal.php?mod=view&aid=1", "soft_404"),
    "login_wall": ("yunling", "2025-04-12", "/2025-04/12/content_990.htm", "login_wall"),
    "javascript_shell": ("shibu", "2025-03-04", "/art/2025/3/4/art_1203_9.html", "javascript_shell"),
    "blocked": ("yuyang", "2025-08-03", "/xw/content/post_9.html", "blocked"),
    "video_only": ("qian", "2025-01-01", "/2025/0101/99.shtml", "video_only"),
    "tag_page": ("shanli", "2025-12-20", "/tag/apple/", "list_page"),
    "teaser_wall": ("lengquan", "2025-08-28", "/c/8x", "login_wall"),
    "parasite": ("gucheng", "2024-12-28", "/news/2024-12-28/9.html", "parasite"),
}

GLOSSES = {  # what the farm injects, by word
    "组织": "zǔzhī", "召开": "zhàokāi", "安全": "ānquán", "开展": "kāizhǎn", "检查": "jiǎnchá", "问题": "wèntí", "重点": "zhòngdiǎn",
    "发现": "fāxiàn", "优化": "yōuhuà", "服务": "fúwù", "农民": "nóngmín", "市场": "shìchǎng", "影响": "yǐngxiǎng", "采取": "cǎiqǔ",
    "稳定": "wěndìng", "运输": "yùnshū", "价格": "jiàgé", "均价": "jūnjià", "宣布": "xuānbù", "开放": "kāifàng", "面积": "miànjī",
    "步道": "bùdào", "管理局": "guǎnlǐjú", "儿童": "értóng", "坚持": "jiānchí", "蔬菜": "shūcài", "补贴": "bǔtiē", "平价": "píngjià",
}  # fmt: skip

_READINGS = (
    "橋qiáo 縣xiàn 發fā 電diàn 樁zhuāng 設shè 鄉xiāng 鎮zhèn 醫yī 東dōng 規guī 車chē 兩liǎng 時shí 費fèi 圖tú 書shū 館guǎn 舉jǔ 讀dú 師shī 領lǐng "
    "場chǎng 個gè 額é 過guò 話huà 孩hái 聽tīng 還hái 問wèn 結jié 長zhǎng 們men 說shuō 開kāi 飛fēi 線xiàn 整zhěng 當dāng 檢jiǎn 隱yǐn 對duì 業yè 調diào"
)
READINGS = {word[0]: word[1:] for word in _READINGS.split()}
"""What the mirror injects, by traditional character."""
