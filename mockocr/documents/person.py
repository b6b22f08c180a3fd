"""Finds names of people: after a label, or by a known surname."""

from __future__ import annotations

import re

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘"
    "党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易"
    "慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙"
    "乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付覃闫佟原苟邸阳代仝冼岳帅涂丘麦佘练"
)
_COMPOUND = frozenset(
    {
        *("欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒"),
        *("东方", "南宫", "独孤", "端木", "申屠", "轩辕", "长孙", "宇文", "司空", "闾丘", "百里"),
    }
)
_NOT_IN_NAMES = frozenset("省市区县镇乡村街路号楼室店厂司元价费款券邮购额率量款型码图片网站品")
_LOOK_ALIKES = """
安装 包装 包邮 成交 成功 金额 时间 时尚 单价 单位 单号 全部 全国 全场 全新 方式 方法 方便 高清
高级 华为 万元 和平 马上 平台 平安 商家 温馨 温度 阳光 阳台 应用 应付 白色 黄色 黄金 花园 计算
常用 常见 经典 国家 国际 明细 明天 关于 关注 关闭 文件 文字 文化 水果 水电 成都 江苏 江西 安全
安心 安徽 云南 山东 山西 向上 向右 简介 简单 解决 查询 查看 宣传 梅花 田园 连接 连续 任务 任意
项目 终止 路线 通知 通用 通过 通讯 边框 房间 房屋 祝福 农业 习惯 曾用 师傅 钱包 汤圆 管理 毛重
毛巾 席位 季度 强烈 强制 程序 游戏 游客 权利 权限 牛奶 牛肉 公寓 公开 公告 东莞 都是 常州 温州
金华 杭州 苏州 广州 广东 广西 石家庄 惠州 吉林 宁波 宁夏 原价 支付 支持 付款 利润 充值 居家 家具
家居 家电 双人 双十一 须知 相关 相册 空调 红色 蓝色 红包 金色 满减 满意 国产 关系 关键 容量 能量
通道 后台 步骤 都市 公里 公斤 丰富 别墅 牧场 富强 井盖 秋季 夏季 夏天 车辆 车型 石材 水泥 经理
计划 康复 乐园 时代 华东 华南 华北 广告 景点 印刷 文具 钟表 云端 盛夏 松木 计时 成本 成人 常温
冷藏 荣誉 平均 平方 平面 平时 安排 宁静 余额 充电 须要
"""
_WORDS = frozenset(_LOOK_ALIKES.split())
_NO_NAMES = frozenset(
    (
        "信息",
        "服务",
        "电话",
        "地址",
        "方式",
        "签名",
        "签字",
        "签收",
        "手机",
        "资料",
        "姓名",
        "确认",
        "管理",
    )
)
"""Words after 收件人 or 联系人 in a heading."""
_NO_LATIN_NAMES = frozenset({"contact", "tel", "phone", "mobile", "email", "address", "name", "us"})
_TITLE = re.compile(r"(?:先生|女士|小姐|同学|老师|经理|师傅|\s*[(（]?\s*[收启寄]\s*[)）]?)$")
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{1,20}(?:[·•・][\u3400-\u9fff]{1,20})*")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z'\-]*\.?(?:[ ·][A-Za-z][A-Za-z'\-]*\.?){0,4}")


def name_after_label(text: str) -> str:
    """The name at the start of a label's value, or an empty text.

    The name ends at a digit, a bracket or another separator. Titles are removed, and so are spaces
    between the characters of a name.
    """
    head = re.split(r"[\d+,，;；/|(（\[【:：。]", text.strip(), maxsplit=1)[0].strip()
    tokens = head.split()
    while len(tokens) > 1 and len(tokens[0]) < 4 and len(tokens[1]) == 1 and _han(tokens[0]):
        tokens[:2] = [tokens[0] + tokens[1]]
    if len(tokens) > 1 and len(tokens[0]) == 1 and len(tokens[1]) <= 2 and _han(tokens[0]):
        tokens[:2] = [tokens[0] + tokens[1]]
    if not tokens:
        return ""
    if _han(tokens[0]):
        bare = _TITLE.sub("", tokens[0])
        match = _HAN_NAME.fullmatch(bare if len(bare) > 1 else tokens[0])
        name = match[0] if match and len(match[0]) > 1 else ""
        return "" if name in _NO_NAMES else name
    latin = _LATIN_NAME.match(" ".join(tokens))
    name = latin[0].strip() if latin else ""
    heading = name.lower().split(" ")[0] in _NO_LATIN_NAMES
    return name if len(name) > 1 and not heading else ""


def looks_like_a_name(text: str) -> bool:
    """True for two or three characters that start with a surname of one, or three or four that
    start with a surname of two, unless they are a common word that starts like a name. Meant for
    short texts next to a phone number or an address.
    """
    if not re.fullmatch(r"[\u3400-\u9fff]{2,4}", text) or _NOT_IN_NAMES & set(text):
        return False
    if text in _WORDS or text[:2] in _WORDS:
        return False
    if text[:2] in _COMPOUND and len(text) >= 3:
        return True
    return text[0] in _SURNAMES and len(text) <= 3


def without_title(text: str) -> str:
    """The text without a title such as 先生 or 收 at its end."""
    return _TITLE.sub("", text.strip()).strip()


def _han(text: str) -> bool:
    return "\u3400" <= text[0] <= "\u9fff"
