"""A small invented city with an entry for each rule of the two documents, for tests of verdicts and dialogue."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.catalogue import (
    Article,
    Catalogue,
    Certificate,
    Channel,
    Entry,
    FaqEntry,
    Handling,
    IssuerKind,
    Matter,
    Measure,
    MeasureText,
    NationalItem,
    Origin,
    Scope,
    Unit,
    group_entries,
)

TODAY = date(2026, 11, 22)

UNITS = (
    Unit(id="police", name="桃源市公安局", short_name="公安局", aliases=("派出所",)),
    Unit(id="housing", name="桃源市住房局", short_name="住房局", phone="0000-1234"),
    Unit(id="bank", name="桃源银行", short_name="桃源银行", by_reference=True),
)
MATTERS = (
    Matter(id="rent", name="公租房申请", aliases=("廉租房",), unit_id="housing", handling=Handling.PROMISED),
    Matter(id="passport", name="护照申领", unit_id="police", handling=Handling.IMMEDIATE),
    Matter(id="birth", name="出生登记", unit_id="police", handling=Handling.IMMEDIATE),
    Matter(id="loan", name="银行贷款", unit_id="bank"),
)
CERTIFICATES = (
    Certificate(id="id", name="居民身份证", aliases=("身份证",), issuer="公安机关", issuer_unit_id="police"),
    Certificate(id="lic", name="营业执照", aliases=("执照",), issuer="市场监管部门"),
    Certificate(id="nohouse", name="登记查询证明", aliases=("无房证明", "房产证明"), issuer="登记中心"),
    Certificate(id="marry", name="结婚证", issuer="婚姻登记机关", issuer_unit_id="housing"),
    Certificate(id="kin", name="亲属关系证明", issuer="派出所"),
    Certificate(id="income", name="收入证明", issuer="用人单位", issuer_kind=IssuerKind.COMPANY),
    Certificate(id="diag", name="诊断证明", issuer="医院", issuer_kind=IssuerKind.COMPANY),
    Certificate(id="court", name="生效法律文书", issuer="人民法院", issuer_kind=IssuerKind.JUDICIARY),
    Certificate(id="abroad", name="国外定居证明", issuer="使领馆", issuer_kind=IssuerKind.OUTSIDE),
    Certificate(id="lost", name="登报声明", issuer="报社", issuer_kind=IssuerKind.COMPANY),
    Certificate(id="blood", name="献血证", issuer="血站"),
)
ARTICLES = (
    Article(key="closed_world", document="规定", article="第八条", summary="目录之外无证明"),
    Article(key="national_closed_list", document="国家条例", article="第四十四条", summary="清单之外不得索要"),
    Article(key="scope_exclusions", document="规定", article="第二条", summary="不适用的情形"),
    Article(key="judicial_document", document="方案", article="一（三）", summary="不包括司法文书"),
    Article(key="identity_of_applicant", document="规定", article="第十二条", summary="除代理人外无需身份证、营业执照"),
    Article(key="by_reference", document="规定", article="第二十一条", summary="参照适用"),
    Article(key="verify_clock", document="规定", article="第十四条", summary="核实时限"),
    Article(key="identity_alternatives", document="省规定", article="第九条", summary="户口簿、社保卡也可以证明身份"),
    Article(key="breach_2", document="规定", article="第二十条第二项", summary="擅自创设证明"),
    Article(key="breach_5", document="规定", article="第二十条第五项", summary="仍向申请人索要证明"),
)
MEASURES = (
    MeasureText(id="share", name="共享", document="方案", article="2", meaning="由窗口取", action="核对信息"),
    MeasureText(
        id="promise", name="承诺", document="方案", article="5", meaning="可以签承诺书说明", action="看清再签字"
    ),
    MeasureText(id="data", name="数据平台", document="规定", article="第九条", meaning="从平台调取", action="无需动作"),
)
NATIONAL = (
    NationalItem(
        id="n1",
        list_name="村居清单",
        document="民发〔2020〕20号",
        name="亲属关系证明",
        kind="村（居）委会不应出具",
        applies_to="",
        replacement="直接看户口簿",
        handled_by="公安机关",
    ),
    NationalItem(
        id="n2",
        list_name="派出所意见",
        document="公通字〔2016〕21号",
        name="亲属关系证明",
        kind="派出所可以出具",
        applies_to="曾同户的",
        replacement="",
        handled_by="户籍地派出所",
    ),
    NationalItem(
        id="n3",
        list_name="取消清单",
        document="",
        name="结婚证",
        kind="取消",
        applies_to="某一件事",
        replacement="取消",
        handled_by="",
    ),
)
FAQ = (
    FaqEntry(
        id="face",
        topic="刷脸",
        intent="measure_how",
        question="刷脸怎么刷？",
        asks=(),
        answer="看一下镜头就行",
        sources=("规定 第九条",),
    ),
    FaqEntry(
        id="reform",
        topic="改革",
        intent="policy_faq",
        question="这项改革是什么？",
        asks=(),
        answer="少交证明",
        sources=("规定 第三条",),
    ),
)
FACTS = {"service_name": "免证办", "hotline": "12345", "crisis_line": "12356", "e_license_apps": "“桃源办”"}


def make_entry(matter: str, certificate: str, measure: Measure, **given: Any) -> Entry:
    """An entry that is in force, confirmed by its unit and within the scope, unless told otherwise."""
    default: dict[str, Any] = {
        "id": f"{matter}-{certificate}",
        "channel": Channel.NONE,
        "legal_basis": ("规定 第九条",),
        "origin": Origin.OFFICIAL,
    }
    return Entry(matter_id=matter, certificate_id=certificate, measure=measure, **default | given)


ENTRIES = (
    make_entry("rent", "id", Measure.OTHER, channel=Channel.FACE, action="到窗口刷脸核验", reason="刷脸就能确认身份"),
    make_entry("rent", "lic", Measure.OTHER, channel=Channel.FACE, action="到窗口刷脸核验"),
    make_entry("rent", "nohouse", Measure.SHARE, channel=Channel.DATA_PLATFORM, action="不用带，窗口在线调取"),
    make_entry("rent", "marry", Measure.SHARE, channel=Channel.DATA_PLATFORM),
    make_entry("rent", "kin", Measure.CANCEL, reason="户口簿已能说明"),
    make_entry(
        "rent",
        "income",
        Measure.COMMITMENT,
        channel=Channel.COMMITMENT,
        scope=Scope.PLAN_ONLY,
        origin=Origin.ILLUSTRATIVE,
    ),
    make_entry("rent", "diag", Measure.SUBSTITUTE, channel=Channel.COMMITMENT, action="不用另开，用病历代替"),
    make_entry("rent", "court", Measure.NOT_YET, scope=Scope.EXCLUDED, action="自行准备"),
    make_entry("rent", "abroad", Measure.NOT_YET, scope=Scope.EXCLUDED, reason="境外出具，平台查不到"),
    make_entry("passport", "id", Measure.NOT_YET, reason="法律要求核验原件", action="目前仍要自己准备"),
    make_entry(
        "passport",
        "nohouse",
        Measure.VERIFY,
        channel=Channel.VERIFICATION_PLATFORM,
        action="不用去开，窗口发起核实",
        verify_time_limit="原则上半小时内",
    ),
    make_entry("birth", "marry", Measure.SHARE, channel=Channel.APP, effective_from=date(2020, 12, 31)),
    make_entry("loan", "marry", Measure.SHARE, channel=Channel.DATA_PLATFORM, scope=Scope.BY_REFERENCE),
    make_entry("loan", "income", Measure.NOT_YET, reason="银行要核对收入"),
)


def make_city(*entries: Entry, **given: Any) -> Catalogue:
    """The city; with other entries, or with other tables by name."""
    listed = entries or ENTRIES
    city = Catalogue(
        version="peachblossom",
        units={item.id: item for item in UNITS},
        matters={item.id: item for item in MATTERS},
        certificates={item.id: item for item in CERTIFICATES},
        entries={item.id: item for item in listed},
        measures={item.id: item for item in MEASURES},
        articles={item.key: item for item in ARTICLES},
        facts=FACTS,
        national=NATIONAL,
        faq={item.id: item for item in FAQ},
        by_pair={(item.matter_id, item.certificate_id): item for item in listed},
        by_matter=group_entries(listed, "matter_id"),
        by_certificate=group_entries(listed, "certificate_id"),
    )
    return replace(city, **given)
