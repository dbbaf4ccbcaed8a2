"""What a book says of its own, as ledgers: terms of classes and assets, accounts, changes of value, readings.

A workbook with opening balances or readings is read in as any other. Their rows are named by what they are about.
"""

from __future__ import annotations

from db.models.depreciation import BookAsset, BookClass, BookDepartment, MeterReading, ValueChange
from logistics_desktop.features.assets.entities import METHODS
from logistics_desktop.features.depreciation.changing import KINDS
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Choice, Field, Kind

_EMPTY = N_("Empty: as the class or the card says.")
_OPENING = N_("Opening balance")
_TERMS = N_("Terms in this book")
_ASSET_NAMES = ("资产编号", "资产编码", "固定资产编号", "固定资产编码", "卡片编号", "编号", "编码")

ASSET_TERMS = Entity(
    key="book_assets",
    model=BookAsset,
    label=N_("Assets in the book"),
    singular=N_("Terms of an asset"),
    icon="assets",
    match=(BookAsset.book_id, BookAsset.asset_id),
    title=BookAsset.asset_id,
    code_prefix="",
    subjects=("资产", "固定资产"),
    fields=(
        Field(BookAsset.book_id, N_("Book"), ("账套", "账套名称"), width=16),
        Field(BookAsset.asset_id, N_("Asset"), _ASSET_NAMES, width=24, searched=True),
        Field(BookAsset.method, N_("Depreciation method"), ("折旧方法",), choices=METHODS, group=_TERMS, help=_EMPTY),
        Field(BookAsset.cost, N_("Original value"), ("原值", "资产原值"), group=_TERMS, help=_EMPTY),
        Field(
            BookAsset.life_months, N_("Life (months)"), ("使用年限", "折旧年限"), unit="年", group=_TERMS, help=_EMPTY
        ),
        Field(BookAsset.residual_rate, N_("Residual rate"), ("残值率", "净残值率"), group=_TERMS, help=_EMPTY),
        Field(BookAsset.residual_value, N_("Residual value"), ("残值", "净残值"), group=_TERMS, help=_EMPTY),
        Field(BookAsset.total_units, N_("Total units"), ("总工作量", "预计总工作量"), group=_TERMS),
        Field(
            BookAsset.opening_accumulated,
            N_("Opening accumulated"),
            ("期初累计折旧", "累计折旧", "已提折旧"),
            total=True,
            group=_OPENING,
            help=N_("What was charged before the first month of the book."),
        ),
        Field(
            BookAsset.opening_months,
            N_("Opening months"),
            ("已计提月份", "已提月份", "已折旧月数", "已使用月数"),
            Kind.INTEGER,
            group=_OPENING,
            help=N_("How many months were charged before."),
        ),
        Field(BookAsset.starts_month, N_("In the book from"), ("入账月份",), group=_OPENING, shown=False),
        Field(BookAsset.note, N_("Note"), ("备注", "说明"), width=24),
    ),
)

CLASS_TERMS = Entity(
    key="book_classes",
    model=BookClass,
    label=N_("Classes in the book"),
    singular=N_("Terms of a class"),
    icon="classes",
    match=(BookClass.book_id, BookClass.class_id),
    title=BookClass.class_id,
    code_prefix="",
    fields=(
        Field(BookClass.book_id, N_("Book"), ("账套", "账套名称"), width=16),
        Field(BookClass.class_id, N_("Class"), ("资产类别", "类别名称", "类别"), width=24, searched=True),
        Field(BookClass.method, N_("Depreciation method"), ("折旧方法",), choices=METHODS, help=_EMPTY, width=16),
        Field(BookClass.life_months, N_("Life (months)"), ("使用年限", "折旧年限"), unit="年", help=_EMPTY),
        Field(BookClass.residual_rate, N_("Residual rate"), ("残值率", "净残值率"), help=_EMPTY),
        Field(BookClass.depreciation_account, N_("Depreciation account"), ("累计折旧科目",), Kind.CODE),
        Field(BookClass.note, N_("Note"), ("备注", "说明"), width=24),
    ),
)

EXPENSE_ACCOUNTS = Entity(
    key="book_departments",
    model=BookDepartment,
    label=N_("Expense accounts"),
    singular=N_("Expense account of a department"),
    icon="departments",
    match=(BookDepartment.book_id, BookDepartment.department_id),
    title=BookDepartment.department_id,
    code_prefix="",
    fields=(
        Field(BookDepartment.book_id, N_("Book"), ("账套", "账套名称"), width=16),
        Field(BookDepartment.department_id, N_("Department"), ("部门", "使用部门"), width=24, searched=True),
        Field(BookDepartment.expense_account, N_("Expense account"), ("费用科目", "折旧费用科目"), Kind.CODE, width=20),
        Field(BookDepartment.note, N_("Note"), ("备注", "说明"), width=24),
    ),
)

VALUE_CHANGES = Entity(
    key="value_changes",
    model=ValueChange,
    label=N_("Changes of value"),
    singular=N_("Change of value"),
    icon="change",
    match=(ValueChange.book_id, ValueChange.asset_id, ValueChange.month),
    title=ValueChange.asset_id,
    code_prefix="",
    fields=(
        Field(ValueChange.book_id, N_("Book"), ("账套", "账套名称"), width=16),
        Field(ValueChange.asset_id, N_("Asset"), _ASSET_NAMES, width=24, searched=True),
        Field(ValueChange.month, N_("From month"), ("变动月份", "月份"), width=11),
        Field(
            ValueChange.kind,
            N_("Kind of change"),
            ("变动类型",),
            choices={kind: Choice(label) for kind, label in KINDS.items()},
            width=24,
        ),
        Field(ValueChange.cost, N_("Original value"), ("原值",)),
        Field(ValueChange.life_months, N_("Life (months)"), ("使用年限",), unit="年"),
        Field(ValueChange.residual_value, N_("Residual value"), ("残值",)),
        Field(ValueChange.impairment, N_("Impairment"), ("减值", "减值准备"), total=True),
        Field(ValueChange.method, N_("Depreciation method"), ("折旧方法",), choices=METHODS, width=16),
        Field(ValueChange.reason, N_("Reason"), ("原因", "变动原因"), width=24),
    ),
)

READINGS = Entity(
    key="readings",
    model=MeterReading,
    label=N_("Readings"),
    singular=N_("Reading"),
    icon="edit",
    match=(MeterReading.asset_id, MeterReading.month),
    title=MeterReading.asset_id,
    code_prefix="",
    fields=(
        Field(MeterReading.asset_id, N_("Asset"), _ASSET_NAMES, width=24, searched=True),
        Field(MeterReading.month, N_("Month"), ("月份",), width=11),
        Field(
            MeterReading.units,
            N_("Units"),
            ("工作量", "行驶里程", "里程", "工时"),
            help=N_("What the asset did in the month: kilometres, machine hours, pieces."),
        ),
        Field(MeterReading.note, N_("Note"), ("备注", "说明"), width=24),
    ),
)


OF_A_BOOK = (ASSET_TERMS, CLASS_TERMS, EXPENSE_ACCOUNTS, VALUE_CHANGES, READINGS)
