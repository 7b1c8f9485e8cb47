"""What the documents name is found by `parkmap show`: lists made by reading the documents, plan by plan."""

from __future__ import annotations

import json
import unicodedata

import pytest
from click.testing import CliRunner

from parkmap.cli.main import group

LIFE, BIG, PHARMA = "shenzhen-life-health-2013", "shenzhen-big-health-2022", "shenzhen-biopharma-2020"
BEAUTY, GUANGZHOU = "shenzhen-beauty-valley", "guangzhou-health-2017"

STRUCTURES = {
    LIFE: "一核、两区、多中心",
    BIG: "一核一带、三谷联动、多点支撑",
    BEAUTY: "“1+N”空间布局",
    GUANGZHOU: "一核引领、五基驱动、三带联动、多点支撑",
}

ROLES = {
    LIFE: {
        "core": ["深圳国际生物谷"],
        "district": ["前海深港现代服务业合作区", "深圳国际低碳城"],
        "centre": ["多中心"],
    },
    BIG: {
        "core": ["前海大健康核心研发区"],
        "belt": ["“华强北-罗湖口岸-文锦渡-莲塘-沙头角口岸”医疗美容带", "盐田-大鹏康养文旅带"],
        "valley": ["盐田精准医疗创新中心（健康谷）", "坪山深圳美丽谷", "大鹏深圳国际生物谷（食品谷）"],
        "node": ["国家农业科技园区", "多点"],
    },
    BEAUTY: {
        "core": ["深圳美丽谷坪山基地"],
        "node": ["前海深港现代服务业合作区", "福田华强北", "坪山综合保税区", "盐田中英街", "我市其他地区"],
    },
    GUANGZHOU: {
        "core": ["广州健康医疗中心"],
        "base": [
            "广州科学城生物产业基地",
            "广州国际生物岛",
            "中新广州知识城生物医药与医疗器械产业园",
            "广州国际健康产业城",
            "广东广州南沙新区国家健康医疗旅游示范基地",
        ],
        "node": [
            "中国—瑞士（广州）从化生态医药健康产业基地",
            "GE生物科技园",
            "增城高滩健康小镇",
            "广州国际专科医疗中心",
            "大坦沙健康生态岛",
            "广州国际医药港",
            "市级养老产业集聚（园）区",
        ],
        "corridor": [
            "广佛岭南文化休闲廊道",
            "南沙滨海旅游休闲廊道",
            "广清生态田园休闲廊道",
            "东部生态新城休闲廊道",
            "广从温泉度假旅游廊道",
        ],
    },
}
"""The whole list of each role, as the structure of the document has it."""

UNDETERMINED = {
    LIFE: ["多中心", "游艇码头"],
    BIG: ["多点"],
    BEAUTY: ["我市其他地区"],
    GUANGZHOU: ["三带", "22个中医药特色镇街", "市级养老产业集聚（园）区"],
}
"""Declared but not listed, or listed without a place: never filled in, never drawn."""

NAMES = {
    LIFE: """
        深圳国际生物谷 前海深港现代服务业合作区 深圳国际低碳城 多中心
        生命信息 高端医疗 健康管理 照护康复 养生保健 健身休闲
        个体化治疗 第三方医学检测 个性化健康管理 数字化健康管理 养老服务 专业母婴护理 康复服务
        中医养生 新型保健品 医疗美容 体育健身 健康休闲
        太子湾邮轮母港 深圳湾滨海休闲带 大鹏滨海生态旅游度假区 马峦山 碧岭 小梅沙 大运场馆 游艇码头
        深圳国家基因库 国家超级计算深圳中心 质子治疗中心 深圳区域细胞制备中心
        生命健康产业总部集聚区 绿色低碳生命健康城
    """,
    BIG: """
        前海大健康核心研发区 “华强北-罗湖口岸-文锦渡-莲塘-沙头角口岸”医疗美容带 盐田-大鹏康养文旅带
        盐田精准医疗创新中心（健康谷） 深圳国际健康谷 坪山深圳美丽谷 大鹏深圳国际生物谷（食品谷） 国家农业科技园区 多点
        大健康综合发展生态带 高质高端大健康产业集聚区 精准体系发展先导区 生命健康创新技术服务中心
        旅游康养、现代农产品示范区、食品科技创新及成果转化中心 美丽康复产业引领区
        高端化妆品产业集聚区 康复辅助器具产业园区
        医疗美容 康复养老 精准医疗 精准营养 现代农产品 化妆品
        市发展改革委 规划和自然资源局 科技创新委 工业和信息化局
        罗湖区政府 盐田区政府 坪山区政府 大鹏新区管委会 前海管理局
        深圳精准医疗与公共健康工程实验室 精准医疗研究院 精准医疗孵化器
        医美创新联盟 数字农业大数据基础工程 化妆品检测检验平台
    """,
    PHARMA: """
        南山高新区 国际生物谷 坪山高新区 深圳国家生物产业基地 光明科学城 尖岗山－石岩南片区 宝龙科技城
        鹭湖科技文化片区 龙华银星科技园 深港科技创新合作区
        合成生物研究重大科技基础设施 脑解析与脑模拟重大科技基础设施 国家基因库二期 生物医学大数据基础设施
        深圳湾实验室 肿瘤化学基因组学国家重点实验室 深港脑科学创新研究院 深圳合成生物学创新研究院
        中科院苏州医工所深圳工研院 中国医学科学院深圳卫生医学健康研究院
        高性能医疗器械制造业创新中心 新药制造业创新中心 蒙纳士大学技术转移中心
        北大深圳健康研究院国际生命健康研发转化坪山中心 生物医药产业全景信息化平台 深圳生物医药产业促进中心
        智慧健康养老服务平台 全民健康信息平台 “健康云”服务平台
        生物医疗数据产业示范园 国际中药特色诊疗中心 中药应用示范区
        医药产业集聚区 专业化生物医药产业园区
        深港生物医药创新研究院 深港高端医疗设备创新中心 深澳中医药创新研究院 深圳市尼奥基因组学研究中心
        体细胞治疗临床研究和转化应用平台 细胞与基因治疗标准与检测研究院 香港大学临床实验中心
        先租后让
    """,
    BEAUTY: """
        深圳美丽谷坪山基地 前海深港现代服务业合作区 福田华强北 坪山综合保税区 盐田中英街 我市其他地区
        检验检测 功效及安全评价服务 产品包装设计 替代动物实验
        坪山国家生物产业基地 大湾区辅助器具创新中心 深圳市智能康复辅具产业基地
    """,
    GUANGZHOU: """
        广州健康医疗中心 广州科学城生物产业基地 广州国际生物岛 中新广州知识城生物医药与医疗器械产业园
        知识城北起步区 知识城南起步区 广州国际健康产业城 广东广州南沙新区国家健康医疗旅游示范基地
        霍英东鹤年堂中医城 中山大学孙逸仙纪念医院南沙院区 广州医科大学质子重离子医院 广州市妇女儿童医疗中心南沙院区
        中山大学中山眼科中心 中港澳国际医疗中心
        三带 中国—瑞士（广州）从化生态医药健康产业基地 GE生物科技园 增城高滩健康小镇 广州国际专科医疗中心
        大坦沙健康生态岛 广州国际医药港 市级养老产业集聚（园）区 花都生物医药产业园 泰康人寿粤园 广州市第二养老院
        广佛岭南文化休闲廊道 南沙滨海旅游休闲廊道 广清生态田园休闲廊道 东部生态新城休闲廊道 广从温泉度假旅游廊道
        中新广州知识城 大坦沙 国际医药保税港
        南沙中心医院二期后续工程项目 南沙兆康国际康复中心 广东恒健质子医疗装置示范工程项目 广州泰和肿瘤医院
        广州皇家丽肿瘤医院 中山大学精准医学研究院 挂绿新城综合医院 凯利国际医疗中心 泰康国际医学中心
        科大讯飞全球智慧医疗研究院项目 荔湾七乐康互联网医院 联合医生集团-威尔医院 广州金域医学检验中心有限公司
        何济公制药厂迁建项目 22个中医药特色镇街 广州香江疗养院 从化“天人山水”项目
        百济神州生物产业园项目 通用（GE）生物产业园 华南生物医药研究院建设项目
        清平中药材专业市场转型升级 南沙跨境直购保税试点
        达安基因 冠昊生物 再生医学与健康广东省实验室 荔湾3D打印产业园 广州国际医疗器械城
        广州市合生元 仙妮蕾德（中国）项目 白云新城化妆品企业总部集聚区
        国投广州养老院 泰康华南国际健康城 万科智汇坊 保利和熹会 广州和顺物业管理公司华港花园
        越秀区政府 广州开发区管委会 白云区政府 南沙区政府 从化区政府 增城区政府 荔湾区政府 海珠区政府 市卫生计生委
    """,
}

TARGETS = {  # value, unit, year, as the documents write them
    LIFE: [(500, "亿元", 2015), (50, "家", 2015), (80, "%", None), (5, "万个家庭", 2015)],
    BIG: [(1200, "亿元", 2025), (12, "家", 2025), (10, "个", 2025), (6, "个", 2025)],
    PHARMA: [(2000, "万份", None), (100, "PB", None)],
    GUANGZHOU: [
        (5000, "亿元", 2020),
        (50, "%", 2020),
        (3000, "亿元", 2020),
        (5000, "家", 2020),
        (500, "家", 2020),
        (100, "项", 2020),
        (90, "%", 2020),
        (22, "个", None),
    ],
}

AMOUNTS = {  # the sums of the measures in 10 000 yuan and their rates in percent, read article by article
    "一": ([1500], [20]),
    "二": ([], []),
    "三": ([100, 1000], [10]),
    "七": ([3000], [40]),
    "九": ([500], [40]),
    "十": ([50], []),
    "十二": ([500, 1500], [40, 40]),
    "十三": ([200], [40]),
    "十四": ([500], [40]),
    "十五": ([300, 500], [40, 40]),
    "十七": ([2, 50, 1000], []),
    "十八": ([100, 300, 500, 1000], []),
    "十九": ([100, 200, 200, 300, 500], []),
    "二十": ([500], [20]),
    "二十一": ([50, 1000], [20]),
    "二十三": ([100, 200], []),
    "二十五": ([200], [40]),
    "二十八": ([], []),
    "二十九": ([500, 500, 10000], [10, 20, 50]),
    "三十一": ([50, 500, 500], []),
}


def plain(text):
    return unicodedata.normalize("NFKC", text).replace("—", "-").replace("–", "-").replace(" ", "")


def strings(value):
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


@pytest.fixture(scope="module")
def show():
    """What `parkmap show --json` says of each plan."""
    runner, cache = CliRunner(), {}

    def ask(plan_id):
        if plan_id not in cache:
            result = runner.invoke(group, ["show", plan_id, "--json", "--as-of", "2025-06-01"], catch_exceptions=False)
            assert result.exit_code == 0
            cache[plan_id] = json.loads(result.stdout)
        return cache[plan_id]

    return ask


@pytest.mark.parametrize("plan_id", NAMES)
def test_every_name_is_found(show, plan_id):
    shown = list(strings(show(plan_id)))
    wanted = [plain(name) for name in NAMES[plan_id].split()]
    assert len(wanted) > 10
    assert [name for name in wanted if not any(name in text for text in shown)] == []


@pytest.mark.parametrize("plan_id", NAMES)
def test_a_name_that_is_nowhere_is_not_found(show, plan_id):
    """Guards the test above: the search can fail."""
    assert not any(plain("上海张江药谷") in text for text in strings(show(plan_id)))


@pytest.mark.parametrize("plan_id", STRUCTURES)
def test_the_formula_of_the_structure(show, plan_id):
    assert plain(STRUCTURES[plan_id]) in plain(show(plan_id)["structure"]["name"]["zh"])


@pytest.mark.parametrize("plan_id", ROLES)
def test_every_element_has_its_role_and_no_other_is_added(show, plan_id):
    found = {}
    for component in show(plan_id)["components"]:
        found.setdefault(component["role"], []).append(component["name"]["zh"])
    for role, names in ROLES[plan_id].items():
        expected = [plain(name) for name in names]
        assert sorted(map(plain, found[role])) == sorted(expected)
    declared_only = {"belt"} if plan_id == GUANGZHOU else set()  # 三带 has no list in the text
    assert set(found) - {"place"} - declared_only == set(ROLES[plan_id])


def test_the_eight_areas_of_the_pharma_plan_have_no_structural_role(show):
    roles = {plain(c["name"]["zh"]): c["role"] for c in show(PHARMA)["components"]}
    areas = (
        """南山高新区 国际生物谷 坪山高新区 光明科学城 尖岗山－石岩南片区 宝龙科技城 鹭湖科技文化片区 龙华银星科技园"""
    )
    assert {roles[plain(name)] for name in areas.split()} == {"place"}


def test_roles_that_the_text_of_2022_does_not_give_are_inferred(show):
    """The text never says which of its areas is core, belt, valley or node; it only declares 多点."""
    basis = {c["name"]["zh"]: c["role_basis"] for c in show(BIG)["components"]}
    assert basis.pop("多点") == "stated"
    assert set(basis.values()) == {"inferred"}


def test_roles_that_guangzhou_states_are_stated(show):
    stated = {"core", "base", "belt", "node", "corridor"}
    assert {c["role_basis"] for c in show(GUANGZHOU)["components"] if c["role"] in stated} == {"stated"}


@pytest.mark.parametrize("plan_id", UNDETERMINED)
def test_what_is_only_declared_stays_undetermined(show, plan_id):
    report = show(plan_id)
    items = [*report["components"], *report["parks"], *report["projects"]]
    for name in UNDETERMINED[plan_id]:
        own = [item for item in items if plain(name) in plain(item["name"]["zh"])]
        assert own, name
        assert {item["determinacy"] for item in own} == {"undetermined"}, name


@pytest.mark.parametrize("plan_id", TARGETS)
def test_targets_have_the_numbers_of_the_document(show, plan_id):
    found = {(t["value"], t["unit"]["zh"], t["year"]) for t in show(plan_id)["targets"]}
    assert [target for target in TARGETS[plan_id] if target not in found] == []


def test_the_base_of_the_target_of_2022(show):
    (revenue,) = [t for t in show(BIG)["targets"] if t["unit"]["zh"] == "亿元"]
    assert (revenue["base"]["year"], revenue["base"]["value"]) == (2021, 676)


@pytest.mark.parametrize("plan_id", [BIG, BEAUTY])
@pytest.mark.parametrize("article", AMOUNTS)
def test_the_articles_of_the_measures(show, plan_id, article):
    own = [r for r in show(plan_id)["rules"] if r["source"]["clause"].endswith(f"({article})")]
    assert own, article
    amounts = [amount for rule in own for amount in rule["amounts"]]
    sums = sorted(a[key] // 10_000 for a in amounts for key in ("cap_yuan", "amount_yuan") if a[key] is not None)
    rates = sorted(a["rate_percent"] for a in amounts if a["rate_percent"] is not None)
    assert (sums, rates) == AMOUNTS[article]


def test_the_three_years_of_rent_support(show):
    (rule,) = [r for r in show(BIG)["rules"] if r["source"]["clause"].endswith("(二十九)")]
    assert [a["years"] for a in rule["amounts"] if a["years"]] == [3]


def test_the_land_rules(show):
    kinds = {}
    for plan_id in (BIG, PHARMA, GUANGZHOU):
        for rule in show(plan_id)["rules"]:
            kinds.setdefault(rule["kind"], set()).add(rule["source"]["clause"].split("/")[-1])
    assert "(二十八)" in kinds["land"]
    assert any("(四)" in clause for clause in kinds["tenure"] | kinds["land"])


@pytest.mark.parametrize("plan_id", NAMES)
def test_everything_has_a_document_and_a_clause(show, plan_id):
    report = show(plan_id)
    for section in ("components", "parks", "projects", "positions", "targets", "rules", "industries"):
        for entry in report[section]:
            assert entry["source"]["document"], entry["id"]
            assert entry["source"]["clause"], entry["id"]


@pytest.mark.parametrize("plan_id", NAMES)
def test_both_languages_are_there_and_differ(show, plan_id):
    report = show(plan_id)
    for section in ("components", "parks", "projects"):
        for item in report[section]:
            assert not any("一" <= char <= "鿿" for char in item["name"]["en"]), item["id"]


# What a reader of the tables, not of the JSON, must find: fields, other names, units, sums with their caps.
IN_TABLES = {
    LIFE: ["生命信息", "高端医疗", "健康管理", "照护康复", "养生保健", "健身休闲", "超过 500", "约 250 (2012)"],
    BIG: ["深圳国际健康谷", "食品谷", "罗湖区政府", "市发展改革委", "福田区、罗湖区、盐田区"],
    PHARMA: ["高端生物医学工程", "各区", "每年"],
    BEAUTY: ["20%，最高 15,000,000 元", "20,000 元", "50%，最高 5,000,000 元，连续 3 年，按企业每年计"],
    GUANGZHOU: ["越秀区政府；配合：市卫生计生委", "超过 3000 (2015)", "每年，至 2020"],
}


@pytest.mark.parametrize("plan", IN_TABLES)
def test_the_tables_say_what_the_json_says(plan):
    ran = CliRunner().invoke(group, ["show", plan, "--lang", "zh"])
    assert ran.exit_code == 0
    assert [words for words in IN_TABLES[plan] if words not in ran.stdout] == []


# id, and what its chain must say besides clause and document.
IN_CHAINS = {
    (GUANGZHOU, "ge-first-phase-land"): ["35 万平方米"],
    (BEAUTY, "measures-29"): ["10%，最高 100,000,000 元，按项目计", "发布起 5 年"],
    (BIG, "yantian-health-valley"): ["谷（据名称推定）", "健康谷、深圳国际健康谷", "盐田区政府", "盐田区  "],
}


@pytest.mark.parametrize(("plan", "item"), IN_CHAINS)
def test_a_chain_says_the_number_that_it_proves(plan, item):
    ran = CliRunner().invoke(group, ["show", plan, "--item", item, "--lang", "zh"])
    assert ran.exit_code == 0
    assert [words for words in IN_CHAINS[plan, item] if words not in ran.stdout] == []
