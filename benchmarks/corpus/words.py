"""Words, names, sums and sentences that the corpus is written in, all invented."""

from __future__ import annotations

from random import Random


def _list(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_CHINESE = _list("""
今天 明天 天气 晴朗 我们 大家 一起 公园 散步 吃饭 时候 看见 许多 漂亮 花朵 小鸟 城市 人民
政府 关于 加强 管理 工作 通知 合同 编号 客户 名称 银行 账户 公司 发票 金额 数量 单价 电话
地址 支付 订单 快递 物流 信息 技术 服务 平台 用户 注册 登录 密码 确认 提交 取消 返回 首页
搜索 结果 显示 更多 内容 新闻 视频 图片 文章 评论 分享 收藏 关注 推荐 热门 最近 更新 时间
日期 版本 系统 设置 语言 选择 帮助 中心 联系 方式 学校 老师 学生 考试 成绩 医院 医生 检查
药品 健康 运动 比赛 足球 音乐 电影 旅游 酒店 机票 火车 地铁 出租车 停车场 超市 水果 蔬菜 牛奶
面包 苹果 咖啡 茶叶 衣服 鞋子 颜色 红色 蓝色 大小 价格 优惠 折扣 会员 积分 充值 余额 利息
贷款 保险 投资 市场 经济 发展 计划 项目 完成 质量 标准 安全 环境 保护 能源 电力 机器 设备
维修 零件 材料 生产 工厂 仓库 运输 码头 海关 进口 出口 贸易 法律 规定 责任 权利 证明 身份
户口 护照 签证 申请 审核 批准 办理 窗口 排队 号码 楼层 房间 钥匙 春天 夏季 秋风 冬雪 山河
湖泊 森林 草原 沙漠 海洋 岛屿 星空 历史 文化 传统 节日 礼物 朋友 家庭 父母 孩子 邻居
""")
_LINKS = tuple("的和与在是了将对为从把")
_ENGLISH = _list("""
the quick brown fox jumps over lazy dog invoice total amount customer number order date
payment server response error request image text recognition service account Name Address
Phone Email Company Street shipping Price Quantity Discount Tax please check your settings
and try again later with from this that will open every window before morning Monday March
garden river mountain coffee kitchen bread yellow purple journey station platform ticket
between small large weather summer winter office report manager project budget contract
Welcome Thanks Delivery Return Policy Download Version Update Privacy Help Center Search
""")
_SURNAMES = tuple("王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗")
_GIVEN = tuple("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文辉玲")
_PLACES = _list("""
北京市海淀区 上海市浦东新区 广州市天河区 深圳市南山区 杭州市西湖区 成都市武侯区 武汉市洪山区
南京市鼓楼区 西安市雁塔区 重庆市渝中区
""")
_ROADS = _list("""
中山路 人民路 解放大道 科技园南路 建设街 文化路 学院路 长江大道 新华街 和平路
""")
GOODS = _list("""
苹果汁 牛奶 面包 矿泉水 方便面 洗发水 毛巾 牙膏 笔记本 签字笔 电池 咖啡 茶叶 饼干 巧克力 酸奶
大米 食用油 酱油 鸡蛋 香蕉 橙子 葡萄 Coffee Bread Milk Notebook Pencil Battery Chocolate
""")


def chinese(random: Random, least: int, most: int) -> str:
    """So many Chinese characters: words, now and then joined by a particle."""
    length, text = random.randint(least, most), ""
    while len(text) < length:
        if text and random.random() < 0.2:
            text += random.choice(_LINKS)
        text += random.choice(_CHINESE)
    return text[:length]


def english(random: Random, least: int, most: int) -> str:
    """So many English words."""
    return " ".join(random.choice(_ENGLISH) for _ in range(random.randint(least, most)))


def money(random: Random) -> str:
    return f"{random.randint(1, 9999)}.{random.randint(0, 99):02d}"


def date(random: Random) -> str:
    year, month, day = random.randint(2019, 2030), random.randint(1, 12), random.randint(1, 28)
    return random.choice((f"{year}-{month:02d}-{day:02d}", f"{year}年{month}月{day}日"))


def phone(random: Random) -> str:
    """A mobile number, or a fixed one with its area."""
    mobile = f"1{random.randint(30, 99)}{random.randint(0, 99999999):08d}"
    return random.choice((mobile, f"010-{random.randint(60000000, 89999999)}"))


def number(random: Random) -> str:
    """A sum, a date, a phone number, or the number of a document."""
    serial = f"No.{random.randint(100000, 999999)}"
    return random.choice((money(random), date(random), phone(random), serial))


def person(random: Random) -> str:
    given = "".join(random.choice(_GIVEN) for _ in range(random.randint(1, 2)))
    return random.choice(_SURNAMES) + given


def address(random: Random) -> str:
    return f"{random.choice(_PLACES)}{random.choice(_ROADS)}{random.randint(1, 399)}号"


def email(random: Random) -> str:
    return f"{random.choice(_ENGLISH).lower()}{random.randint(1, 99)}@example.com"


def sentence(random: Random, script: str) -> str:
    """One line of running text: `chinese`, `english`, `digits` or `mixed`."""
    if script == "chinese":
        first, second = chinese(random, 4, 10), chinese(random, 3, 9)
        return random.choice((first + second, f"{first},{second}", f"{first}。"))
    if script == "english":
        return english(random, 3, 7)
    if script == "digits":
        return " ".join(number(random) for _ in range(random.randint(1, 2)))
    return random.choice(
        (
            f"{chinese(random, 2, 5)}:{number(random)}",
            f"{chinese(random, 4, 8)} {english(random, 1, 3)}",
            f"{english(random, 1, 3)} {chinese(random, 3, 6)} {number(random)}",
        )
    )


SCRIPTS = ("chinese", "english", "digits", "mixed")
