"""The ledger of fixed assets."""

from __future__ import annotations

from db.models.assets import Asset
from logistics_desktop.features.assets.choices import METHOD_NAMES, METHODS, STATUSES
from logistics_desktop.features.assets.fills import ASSET_FILLS
from logistics_desktop.features.assets.rules import check_asset
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.fields import Field, Kind

_WHAT, _WHERE, _MONEY, _LIFE, _MORE = N_("What it is"), N_("Who and where"), N_("Value"), N_("Depreciation"), N_("More")

ASSETS = Entity(
    key="assets",
    model=Asset,
    label=N_("Fixed assets"),
    singular=N_("Asset"),
    icon="asset",
    match=(Asset.code,),
    title=Asset.name,
    code_prefix="ZC",
    subjects=("资产", "固定资产", "设备", "仪器设备", "仪器", "物品", "物资", "车辆", "家具", "器材", "器具"),
    order=(Asset.code,),
    rule=check_asset,
    fills=ASSET_FILLS,
    own=(Asset.code, Asset.serial_number),
    scanned=(Asset.serial_number,),
    fields=(
        Field(
            Asset.code,
            N_("Asset code"),
            (
                *("资产编号", "资产编码", "资产代码", "固定资产编号", "固定资产编码", "卡片编号", "设备编号"),
                *("资产标签号", "编号", "编码", "资产标签", "条形码", "条码", "asset number", "asset no."),
                *("asset id", "tag number"),
            ),
            Kind.CODE,
            width=16,
            group=_WHAT,
            searched=True,
        ),
        Field(
            Asset.name,
            N_("Name"),
            (
                *("资产名称", "固定资产名称", "设备名称", "物品名称", "品名", "名称", "资产名称/中文"),
                *("asset name", "asset description", "description"),
            ),
            width=18,
            group=_WHAT,
            searched=True,
            initials=True,
        ),
        Field(
            Asset.class_id,
            N_("Class"),
            (
                *("资产类别", "类别名称", "类别", "资产分类", "分类名称", "固定资产类别", "资产类型", "分类"),
                *("资产分类名称", "资产分类代码", "分类代码", "类别编码", "asset category"),
                *("asset class", "category"),
            ),
            width=12,
            group=_WHAT,
        ),
        Field(
            Asset.specification,
            N_("Specification"),
            (
                *("规格型号", "规格", "型号规格", "规格及型号", "规格/型号", "品牌型号", "品牌规格型号"),
                *("品牌及型号", "型号及规格"),
            ),
            width=14,
            group=_WHAT,
            searched=True,
        ),
        Field(
            Asset.model,
            N_("Model"),
            ("型号", "厂牌号码", "厂牌型号", "机型", "model number"),
            width=14,
            group=_WHAT,
            searched=True,
            shown=False,
        ),
        Field(
            Asset.serial_number,
            N_("Serial no."),
            ("序列号", "出厂编号", "出厂号", "机身号", "SN", "S/N", "设备序列号", "serial number", "序列码"),
            Kind.CODE,
            width=16,
            group=_WHAT,
            searched=True,
            shown=False,
        ),
        Field(
            Asset.maker,
            N_("Maker"),
            (
                *("生产厂家", "制造商", "生产厂商", "厂家", "制造单位", "品牌", "厂商", "品牌/厂家", "制造厂"),
                *("manufacturer", "brand"),
            ),
            width=18,
            group=_WHAT,
            searched=True,
            shown=False,
        ),
        Field(
            Asset.supplier_id,
            N_("Supplier"),
            ("供应商", "供应商名称", "供货商", "供货单位", "销售商", "供应单位", "vendor"),
            width=20,
            group=_WHAT,
            shown=False,
        ),
        Field(
            Asset.status,
            N_("Status"),
            ("资产状态", "使用状况", "使用状态", "状态", "现状", "使用情况", "状况", "完好情况", "使用现状"),
            choices=STATUSES,
            width=10,
            group=_WHERE,
        ),
        Field(
            Asset.department_id,
            N_("Department"),
            (
                *("使用部门", "部门名称", "部门", "所属部门", "使用单位", "管理部门", "归属部门", "使用科室"),
                *("科室", "使用人部门", "使用/管理部门", "使用(管理)部门", "保管部门", "领用部门", "运维单位"),
                *("资产所属部门", "所在部门", "归口部门", "cost center"),
            ),
            width=13,
            group=_WHERE,
        ),
        Field(
            Asset.location_id,
            N_("Location"),
            (
                *("存放地点", "存放位置", "使用地点", "安装地点", "安装位置", "地点", "位置", "存放地", "放置地点"),
                *("所在位置", "存放处", "房间号"),
            ),
            width=13,
            group=_WHERE,
        ),
        Field(
            Asset.keeper_id,
            N_("Keeper"),
            (
                *("责任人", "保管人", "使用人", "领用人", "负责人", "管理人", "保管员", "使用者", "使用人姓名", "姓名"),
                *("employee", "custodian", "assigned to", "owner"),
            ),
            width=8,
            group=_WHERE,
            searched=True,
            others=Asset.users,
        ),
        Field(
            Asset.users, N_("Shared with"), ("共同使用人", "共用人", "其他使用人"), width=16, group=_WHERE, shown=False
        ),
        Field(Asset.unit, N_("Unit"), ("计量单位", "单位"), width=5, group=_MONEY),
        Field(
            Asset.quantity,
            N_("Quantity"),
            ("数量", "资产数量", "账面数量", "账面数", "实有数量", "现有数量", "台数", "件数", "qty"),
            width=7,
            group=_MONEY,
            total=True,
        ),
        Field(
            Asset.original_value,
            N_("Original value"),
            (
                *("原值", "资产原值", "原价", "固定资产原值", "账面原值", "金额", "购置金额", "入账价值"),
                *("购入金额", "总价", "总价值", "价值", "原始价值", "账面价值原值", "购置原值", "购置价格"),
                *("购买价格", "采购价格", "购置价", "总金额", "acquisition cost", "original cost", "cost"),
            ),
            width=14,
            group=_MONEY,
            total=True,
        ),
        Field(
            Asset.unit_price,
            N_("Unit price"),
            ("单价", "购置单价", "单位价格", "价格", "unit cost"),
            width=12,
            group=_MONEY,
        ),
        Field(
            Asset.purchased_on,
            N_("Purchased on"),
            (
                *("购置日期", "购入日期", "采购日期", "购买日期", "取得日期", "购置时间", "购入时间", "购买时间"),
                *("采购时间", "取得时间", "购置年月", "acquisition date", "purchase date"),
            ),
            group=_MONEY,
        ),
        Field(
            Asset.in_service_on,
            N_("In service on"),
            (
                *("开始使用日期", "启用日期", "投入使用日期", "使用日期", "入账日期", "启用时间", "投用日期"),
                *("验收日期", "投运日期", "投产日期", "使用时间", "开始使用时间", "入账时间", "财务入账日期"),
                *("启用年月", "date placed in service", "in service date"),
            ),
            group=_LIFE,
        ),
        Field(
            Asset.warranty_until,
            N_("Warranty until"),
            (
                *("保修期至", "质保到期", "质保期至", "保修截止日期", "过保日期", "保修到期日", "保修到期"),
                *("质保到期日", "warranty end"),
            ),
            group=_MORE,
            shown=False,
        ),
        Field(
            Asset.method,
            N_("Depreciation method"),
            METHOD_NAMES,
            choices=METHODS,
            width=14,
            group=_LIFE,
        ),
        Field(
            Asset.life_months,
            N_("Life (months)"),
            (
                *("使用年限", "折旧年限", "预计使用年限", "使用期限", "使用月限", "耐用年限", "耐用年度"),
                *("预计使用期间", "预计使用期间数", "预计使用月份", "预计使用月数", "使用月份", "使用月数"),
                *("折旧月数", "折旧期限", "使用寿命", "life in months", "life in years", "useful life"),
            ),
            unit="年",
            group=_LIFE,
        ),
        Field(
            Asset.residual_rate, N_("Residual rate"), ("净残值率", "残值率", "预计净残值率", "预计残值率"), group=_LIFE
        ),
        Field(
            Asset.residual_value,
            N_("Residual value"),
            ("净残值", "残值", "预计净残值", "预计残值", "salvage value"),
            width=12,
            group=_LIFE,
            total=True,
        ),
        Field(
            Asset.disposed_on,
            N_("Disposed on"),
            ("处置日期", "报废日期", "处置时间", "报废时间", "减少日期", "清理日期", "退出日期"),
            group=_LIFE,
            shown=False,
        ),
        Field(
            Asset.funding_source,
            N_("Funding source"),
            ("资金来源", "经费来源", "购置经费"),
            width=14,
            group=_MORE,
            shown=False,
        ),
        Field(
            Asset.voucher_number,
            N_("Voucher no."),
            ("凭证号", "凭证编号", "记账凭证号", "会计凭证号"),
            Kind.CODE,
            group=_MORE,
            searched=True,
            shown=False,
        ),
        Field(
            Asset.technical_data,
            N_("Technical data"),
            ("技术参数", "配置", "主要参数", "配置信息", "附属设备"),
            width=24,
            group=_MORE,
            shown=False,
        ),
        Field(Asset.note, N_("Note"), ("备注", "说明", "附注"), width=24, group=_MORE),
    ),
)
