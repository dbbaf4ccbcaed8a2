"""The methods of depreciation and the states of an asset, with the names they have in the wild."""

from __future__ import annotations

from db.models.assets import Method, Status
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.fields import Choice

METHOD_NAMES = ("折旧方法", "折旧方式", "计提方法")  # of the column

# The names in the wild, from the rules of the field.
METHODS = {
    Method.STRAIGHT_LINE: Choice(
        N_("Straight line"),
        (
            "直线法",
            "平均年限法",
            "年限平均法",
            "平均年限法(一)",
            "平均年限法(二)",
            "直线折旧法",
            "年限法",
            "平均法",
            "straight-line",
            "SL",
            "STL",
        ),
    ),
    Method.UNITS_OF_PRODUCTION: Choice(N_("Units of production"), ("工作量法", "产量法", "UOP")),
    Method.DOUBLE_DECLINING: Choice(
        N_("Double declining balance"), ("双倍余额递减法", "双倍余额法", "双倍递减法", "double declining", "DDB")
    ),
    Method.SUM_OF_YEARS: Choice(
        N_("Sum of the years' digits"), ("年数总和法", "年限总和法", "年数合计法", "sum of years digits", "SYD")
    ),
    Method.NONE: Choice(N_("Not depreciated"), ("不提折旧", "不计提折旧", "不折旧", "none")),
}

GONE = (Status.SCRAPPED, Status.DISPOSED)
"""What is not the office's any more, though its card stays."""

STATUSES = {
    Status.IN_USE: Choice(
        N_("In use"),
        (
            *(
                "在用",
                "使用中",
                "正常使用",
                "正常",
                "完好",
                "使用",
                "正在使用",
                "在使用",
                "在用中",
                "自用",
                "良好",
                "优良",
            ),
            *("启用", "已启用", "投用", "运行", "运行中", "正常运行", "在运", "可用", "active", "in service", "good"),
        ),
    ),
    Status.IDLE: Choice(
        N_("Idle"),
        (
            *("闲置", "未使用", "在库", "库存", "停用", "封存", "不需用", "未启用", "未投用", "备用", "已闲置", "空闲"),
            *("停运", "退运", "停机", "inactive", "not in use", "in stock"),
        ),
    ),
    Status.LENT: Choice(N_("Lent"), ("借出", "出借", "外借", "已借出", "出租", "租出", "loaned", "on loan")),
    Status.IN_REPAIR: Choice(
        N_("In repair"),
        (
            *("维修", "维修中", "修理中", "大修", "待修", "待维修", "在修", "送修", "返修", "检修", "检修中"),
            *("损坏", "已损坏", "故障", "有故障", "under repair", "broken"),
        ),
    ),
    Status.SCRAPPED: Choice(
        N_("Scrapped"), ("报废", "已报废", "待报废", "拟报废", "申请报废", "应报废", "报废中", "written off")
    ),
    Status.DISPOSED: Choice(
        N_("Disposed of"),
        (
            *(
                "已处置",
                "处置",
                "待处置",
                "变卖",
                "已变卖",
                "出售",
                "已出售",
                "捐赠",
                "已捐赠",
                "调出",
                "已调出",
                "转出",
            ),
            *("盘亏", "丢失", "已丢失", "遗失", "已核销", "核销", "已注销", "注销", "disposed", "retired", "sold"),
        ),
    ),
}
