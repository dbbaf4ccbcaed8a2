"""The ledger of the classes of fixed assets."""

from __future__ import annotations

from db.models.assets import AssetClass
from logistics_desktop.features.assets.choices import METHOD_NAMES, METHODS
from logistics_desktop.features.assets.rules import check_terms
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field, Kind
from logistics_desktop.ledger.fills import from_reference

CLASSES = Entity(
    key="classes",
    model=AssetClass,
    label=N_("Asset classes"),
    singular=N_("Asset class"),
    icon="class",
    match=(AssetClass.edition, AssetClass.code),
    title=AssetClass.name,
    code_prefix="LB",
    made_with={"edition": "本单位"},
    rule=check_terms,
    subjects=("资产", "固定资产", "类别", "分类"),
    order=(AssetClass.edition, AssetClass.code),
    fills=(from_reference(AssetClass.parent_id, {AssetClass.edition: "edition"}, N_("from the class above")),),
    own=(AssetClass.code,),
    fields=(
        Field(AssetClass.edition, N_("Edition"), ("版本", "分类版本", "标准", "年版"), Kind.CODE, width=16),
        Field(
            AssetClass.code,
            N_("Code"),
            ("分类代码", "类别代码", "类别编码", "类别编号", "分类编码", "编码", "代码", "编号"),
            Kind.CODE,
            searched=True,
        ),
        Field(
            AssetClass.name,
            N_("Name"),
            ("分类名称", "类别名称", "资产类别", "资产分类", "类别", "名称"),
            width=28,
            searched=True,
            initials=True,
        ),
        Field(AssetClass.parent_id, N_("Part of"), ("上级类别", "上级分类", "父类", "上级代码", "上级"), width=24),
        Field(
            AssetClass.life_months,
            N_("Life (months)"),
            ("使用年限", "折旧年限", "预计使用年限", "使用期限", "使用月限", "耐用年限", "耐用年度"),
            unit="年",
            weighed=True,
        ),
        Field(
            AssetClass.method,
            N_("Depreciation method"),
            METHOD_NAMES,
            choices=METHODS,
            width=16,
            weighed=True,
        ),
        Field(AssetClass.residual_rate, N_("Residual rate"), ("残值率", "净残值率", "预计净残值率"), weighed=True),
        Field(AssetClass.unit, N_("Unit"), ("单位", "计量单位"), width=8),
        Field(AssetClass.note, N_("Note"), ("备注", "说明"), width=24),
    ),
)
