"""The ledgers of what a book says of assets, classes and departments, of changes of value, and of readings."""

from __future__ import annotations

from db.models.depreciation import BookAsset, BookClass, BookDepartment, ChangeKind, MeterReading, ValueChange
from logistics_desktop.errors import UserError
from logistics_desktop.features.assets.choices import METHOD_NAMES, METHODS
from logistics_desktop.features.assets.rules import check_range, check_terms
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity, Values
from logistics_desktop.ledger.fields import Choice, Field, Kind

_BOOK = ("账套", "账套名称", "账套编号", "账簿")
_ASSET = ("资产编号", "资产编码", "固定资产编号", "卡片编号", "编号", "编码", "资产", "车牌号", "设备编号")
_LIFE = ("使用年限", "折旧年限", "预计使用年限", "使用月限", "使用寿命", "折旧期限")
_RATE = ("残值率", "净残值率", "预计净残值率")
_RESIDUAL = ("残值", "净残值", "预计净残值")
_COST = ("原值", "资产原值", "固定资产原值", "账面原值")
_NOTE = ("备注", "说明")

CHANGE_KINDS = {
    ChangeKind.ESTIMATE: Choice(N_("Estimate"), ("估计变更", "会计估计变更", "年限调整", "残值调整")),
    ChangeKind.REPAIR: Choice(N_("Capitalised repair"), ("大修", "资本化", "更新改造", "后续支出资本化", "改扩建")),
    ChangeKind.REVALUATION: Choice(N_("Revaluation"), ("重估", "评估", "价值调整", "原值调整")),
    ChangeKind.IMPAIRMENT: Choice(N_("Impairment"), ("减值", "计提减值", "减值准备")),
}


def _check_asset(values: Values) -> dict[str, UserError]:
    wrong = _check_residual(values) | check_terms(values)
    amount, months = values.get("opening_accumulated"), values.get("opening_months")
    if (amount is None) != (months is None):
        empty = "opening_accumulated" if amount is None else "opening_months"
        wrong[empty] = UserError(N_("An opening balance has both: the accumulated amount and the months charged."))
    elif amount is not None and amount < 0:
        wrong["opening_accumulated"] = UserError(N_("Must not be below zero."))
    elif months is not None and months < 0:
        wrong["opening_months"] = UserError(N_("Must not be below zero."))
    elif amount and not months:
        wrong["opening_months"] = UserError(
            N_("An opening accumulated depreciation of {amount} needs the months already charged."), amount=amount
        )
    cost = values.get("cost")
    if "opening_accumulated" not in wrong and amount is not None and cost is not None and amount > cost:
        wrong["opening_accumulated"] = UserError(
            N_("The opening accumulated depreciation {amount} is above the original value {cost}."),
            amount=amount,
            cost=cost,
        )
    units = values.get("total_units")
    if units is not None and units <= 0:
        wrong["total_units"] = UserError(N_("Must be above zero."))
    return wrong


def _check_change(values: Values) -> dict[str, UserError]:
    wrong = _check_residual(values) | check_range(values)
    if all(values.get(key) is None for key in ("cost", "life_months", "residual_value", "impairment", "method")):
        wrong["cost"] = UserError(N_("Say what changes: the value, the life, the residual value or the method."))
    impairment = values.get("impairment")
    if impairment is not None and impairment <= 0:
        wrong["impairment"] = UserError(N_("Must be above zero."))
    return wrong


def _check_reading(values: Values) -> dict[str, UserError]:
    units = values.get("units")
    return {"units": UserError(N_("Must not be below zero."))} if units is not None and units < 0 else {}


def _check_residual(values: Values) -> dict[str, UserError]:
    wrong: dict[str, UserError] = {}
    cost, residual = values.get("cost"), values.get("residual_value")
    for key in ("cost", "residual_value"):
        amount = values.get(key)
        if amount is not None and amount < 0:
            wrong[key] = UserError(N_("Must not be below zero."))
    if not wrong and cost is not None and residual is not None and residual > cost:
        wrong["residual_value"] = UserError(
            N_("The residual value {residual} is above the original value {cost}."), residual=residual, cost=cost
        )
    return wrong


BOOK_ASSETS = Entity(
    key="book-assets",
    model=BookAsset,
    label=N_("Assets in books"),
    singular=N_("Asset in a book"),
    icon="book",
    match=(BookAsset.book_id, BookAsset.asset_id),
    title=BookAsset.asset_id,
    code_prefix="",
    order=(BookAsset.book_id, BookAsset.asset_id),
    own=(BookAsset.asset_id,),
    rule=_check_asset,
    subjects=("资产", "固定资产"),
    fields=(
        Field(BookAsset.book_id, N_("Book"), _BOOK, width=14),
        Field(BookAsset.asset_id, N_("Asset"), _ASSET, width=26, searched=True, coded=True),
        Field(
            BookAsset.opening_accumulated,
            N_("Opening accumulated"),
            ("期初累计折旧", "累计折旧", "已提折旧"),
            total=True,
        ),
        Field(
            BookAsset.opening_months,
            N_("Months charged before"),
            ("已计提月份", "已计提月数", "已提月数", "已提折旧月数", "已使用月份"),
            Kind.INTEGER,
        ),
        Field(
            BookAsset.starts_month,
            N_("Charged here from"),
            ("起提月份", "开始计提月份"),
            help=N_("Without it: from the first month of the book."),
            monthly=True,
        ),
        Field(BookAsset.cost, N_("Original value"), _COST, total=True),
        Field(BookAsset.method, N_("Depreciation method"), METHOD_NAMES, choices=METHODS, width=14),
        Field(BookAsset.life_months, N_("Life (months)"), _LIFE, unit="年"),
        Field(BookAsset.residual_rate, N_("Residual rate"), _RATE),
        Field(BookAsset.residual_value, N_("Residual value"), _RESIDUAL),
        Field(BookAsset.total_units, N_("Total units"), ("总工作量", "预计总工作量", "预计总里程", "总里程", "总产量")),
        Field(BookAsset.note, N_("Note"), _NOTE, width=24),
    ),
)

BOOK_CLASSES = Entity(
    key="book-classes",
    model=BookClass,
    label=N_("Classes in books"),
    singular=N_("Class in a book"),
    icon="book",
    match=(BookClass.book_id, BookClass.class_id),
    title=BookClass.class_id,
    code_prefix="",
    order=(BookClass.book_id, BookClass.class_id),
    own=(BookClass.class_id,),
    rule=check_terms,
    fields=(
        Field(BookClass.book_id, N_("Book"), _BOOK, width=14),
        Field(
            BookClass.class_id,
            N_("Class"),
            ("资产类别", "类别", "类别编码", "分类代码", "分类"),
            searched=True,
            width=18,
        ),
        Field(BookClass.method, N_("Depreciation method"), METHOD_NAMES, choices=METHODS, width=14, weighed=True),
        Field(BookClass.life_months, N_("Life (months)"), _LIFE, unit="年", weighed=True),
        Field(BookClass.residual_rate, N_("Residual rate"), _RATE, weighed=True),
        Field(BookClass.depreciation_account, N_("Depreciation account"), ("累计折旧科目", "折旧科目"), Kind.CODE),
        Field(BookClass.note, N_("Note"), _NOTE, width=24),
    ),
)

BOOK_DEPARTMENTS = Entity(
    key="book-departments",
    model=BookDepartment,
    label=N_("Expense accounts"),
    singular=N_("Expense account of a department"),
    icon="book",
    match=(BookDepartment.book_id, BookDepartment.department_id),
    title=BookDepartment.department_id,
    code_prefix="",
    order=(BookDepartment.book_id, BookDepartment.department_id),
    own=(BookDepartment.department_id,),
    fields=(
        Field(BookDepartment.book_id, N_("Book"), _BOOK, width=14),
        Field(
            BookDepartment.department_id, N_("Department"), ("部门", "使用部门", "部门名称"), searched=True, width=18
        ),
        Field(BookDepartment.expense_account, N_("Expense account"), ("费用科目", "折旧费用科目", "科目"), Kind.CODE),
        Field(BookDepartment.note, N_("Note"), _NOTE, width=24),
    ),
)

VALUE_CHANGES = Entity(
    key="value-changes",
    model=ValueChange,
    label=N_("Changes of value"),
    singular=N_("Change of value"),
    icon="book",
    match=(ValueChange.book_id, ValueChange.month, ValueChange.asset_id),
    title=ValueChange.asset_id,
    code_prefix="",
    order=(ValueChange.month, ValueChange.asset_id),
    own=(ValueChange.asset_id,),
    rule=_check_change,
    fields=(
        Field(ValueChange.book_id, N_("Book"), _BOOK, width=14),
        Field(ValueChange.asset_id, N_("Asset"), _ASSET, width=26, searched=True, coded=True),
        Field(
            ValueChange.month, N_("In force from"), ("变动月份", "生效月份", "月份", "变动日期", "日期"), monthly=True
        ),
        Field(ValueChange.kind, N_("Kind"), ("变动类型", "变动方式", "类型"), choices=CHANGE_KINDS),
        Field(ValueChange.cost, N_("New original value"), ("变动后原值", *_COST)),
        Field(ValueChange.life_months, N_("New life (months)"), ("变动后年限", *_LIFE), unit="年"),
        Field(ValueChange.residual_value, N_("New residual value"), ("变动后残值", *_RESIDUAL)),
        Field(ValueChange.impairment, N_("Impairment"), ("减值", "减值金额", "减值准备")),
        Field(ValueChange.method, N_("New method"), ("变动后折旧方法", *METHOD_NAMES), choices=METHODS, width=14),
        Field(ValueChange.reason, N_("Reason"), ("变动原因", "原因", "备注"), width=24),
    ),
)

METER_READINGS = Entity(
    key="meter-readings",
    model=MeterReading,
    label=N_("Readings"),
    singular=N_("Reading"),
    icon="book",
    match=(MeterReading.month, MeterReading.asset_id),
    title=MeterReading.asset_id,
    code_prefix="",
    order=(MeterReading.month, MeterReading.asset_id),
    own=(MeterReading.asset_id,),
    rule=_check_reading,
    fields=(
        Field(MeterReading.asset_id, N_("Asset"), _ASSET, width=26, searched=True, coded=True),
        Field(MeterReading.month, N_("Month"), ("月份", "会计期间", "期间", "年月", "日期"), monthly=True),
        Field(
            MeterReading.units,
            N_("Units of the month"),
            ("本月工作量", "工作量", "本月里程", "里程", "行驶里程", "台时", "产量"),
        ),
        Field(MeterReading.note, N_("Note"), _NOTE, width=24),
    ),
)

TERMS = (BOOK_ASSETS, BOOK_CLASSES, BOOK_DEPARTMENTS, VALUE_CHANGES, METER_READINGS)
