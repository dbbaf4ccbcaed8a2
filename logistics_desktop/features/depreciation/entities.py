"""The ledger of books; what a book says of classes, departments and single assets is edited in its own screens."""

from __future__ import annotations

from db.models.assets import Standard
from db.models.depreciation import Book
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Choice, Field, Kind

STANDARDS = {
    Standard.ENTERPRISE: Choice(N_("Enterprise"), ("企业", "企业会计准则", "企业会计准则第4号", "企业单位")),
    Standard.GOVERNMENT: Choice(
        N_("Government and institutions"),
        ("政府", "政府会计准则", "政府会计准则第3号", "行政事业", "行政事业单位", "事业单位", "政府会计制度"),
    ),
}

BOOKS = Entity(
    key="books",
    model=Book,
    label=N_("Books of depreciation"),
    singular=N_("Book"),
    icon="book",
    match=(Book.code,),
    title=Book.name,
    code_prefix="ZT",
    subjects=("账套", "账簿"),
    order=(Book.code,),
    own=(Book.code,),
    fields=(
        Field(Book.code, N_("Code"), ("账套编号", "账套编码", "账套号", "编号", "编码"), Kind.CODE, searched=True),
        Field(Book.name, N_("Name"), ("账套名称", "账套", "名称"), width=20, searched=True, initials=True),
        Field(Book.standard, N_("Accounting standard"), ("会计准则", "准则", "会计制度"), choices=STANDARDS, width=16),
        Field(Book.currency, N_("Currency"), ("币种", "记账本位币", "本位币"), width=6),
        Field(Book.first_month, N_("First month"), ("启用月份", "启用期间", "启用年月", "开始月份"), monthly=True),
        Field(
            Book.expense_account,
            N_("Expense account"),
            ("费用科目", "折旧费用科目", "默认费用科目"),
            Kind.CODE,
            help=N_("Where no department names its own."),
        ),
        Field(
            Book.depreciation_account,
            N_("Depreciation account"),
            ("累计折旧科目", "折旧科目"),
            Kind.CODE,
            help=N_("Where no class names its own."),
        ),
        Field(Book.note, N_("Note"), ("备注", "说明"), width=24),
    ),
)
