"""The ledger of suppliers."""

from __future__ import annotations

from db.models.suppliers import Grade, Supplier
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Choice, Field, Kind

GRADES = {
    Grade.A: Choice(N_("A"), ("A级", "优", "优秀", "甲")),
    Grade.B: Choice(N_("B"), ("B级", "良", "良好", "乙")),
    Grade.C: Choice(N_("C"), ("C级", "中", "一般", "丙")),
}

SUPPLIERS = Entity(
    key="suppliers",
    model=Supplier,
    label=N_("Suppliers"),
    singular=N_("Supplier"),
    icon="supplier",
    match=(Supplier.code,),
    title=Supplier.name,
    code_prefix="GYS",
    subjects=("供应商", "供货商", "单位", "公司", "企业"),
    order=(Supplier.code,),
    fields=(
        Field(
            Supplier.code,
            N_("Code"),
            ("供应商编号", "供应商编码", "供应商代码", "编号", "编码"),
            Kind.CODE,
            searched=True,
        ),
        Field(
            Supplier.name,
            N_("Name"),
            ("供应商", "供应商名称", "供货单位", "单位名称", "公司名称", "企业名称", "名称"),
            width=30,
            searched=True,
            initials=True,
        ),
        Field(
            Supplier.tax_number,
            N_("Credit code"),
            ("统一社会信用代码", "信用代码", "税号", "纳税人识别号"),
            Kind.CODE,
            width=20,
            searched=True,
        ),
        Field(Supplier.contact, N_("Contact"), ("联系人", "负责人", "业务员"), width=10, searched=True, initials=True),
        Field(
            Supplier.phone, N_("Phone"), ("电话", "联系电话", "手机", "联系方式"), Kind.CODE, width=16, searched=True
        ),
        Field(Supplier.email, N_("E-mail"), ("邮箱", "电子邮箱", "电子邮件", "email"), width=24, shown=False),
        Field(Supplier.address, N_("Address"), ("地址", "单位地址", "公司地址", "联系地址"), width=30),
        Field(Supplier.bank, N_("Bank"), ("开户行", "开户银行"), width=24, shown=False),
        Field(
            Supplier.account,
            N_("Account no."),
            ("账号", "银行账号", "帐号", "银行帐号"),
            Kind.CODE,
            width=22,
            shown=False,
        ),
        Field(Supplier.grade, N_("Grade"), ("等级", "级别", "评级", "信用等级"), choices=GRADES, width=8),
        Field(Supplier.note, N_("Note"), ("备注", "说明"), width=24),
    ),
)
