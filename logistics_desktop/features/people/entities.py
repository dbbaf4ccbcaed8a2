"""The ledgers of the organisation: departments, staff, locations."""

from __future__ import annotations

from db.models.organisation import Department, Location, Staff, StaffPrivate, StaffStatus
from logistics_desktop.errors import UserError
from logistics_desktop.i18n import N_
from logistics_desktop.ledger.entity import Entity, Values
from logistics_desktop.ledger.fields import Choice, Field, Kind
from logistics_desktop.ledger.fills import from_reference

DEPARTMENTS = Entity(
    key="departments",
    model=Department,
    label=N_("Departments"),
    singular=N_("Department"),
    icon="department",
    match=(Department.code,),
    title=Department.name,
    code_prefix="BM",
    subjects=("部门", "科室", "单位"),
    order=(Department.code,),
    fields=(
        Field(
            Department.code,
            N_("Code"),
            ("部门编号", "部门编码", "部门代码", "编号", "编码", "代码"),
            Kind.CODE,
            searched=True,
        ),
        Field(
            Department.name,
            N_("Name"),
            ("部门名称", "部门", "单位名称", "科室", "科室名称", "名称"),
            width=24,
            searched=True,
            initials=True,
        ),
        Field(Department.parent_id, N_("Part of"), ("上级部门", "上级单位", "上级", "所属部门", "主管部门"), width=20),
        Field(Department.head_id, N_("Head"), ("负责人", "部门负责人", "主任", "部门经理", "科长"), width=10),
        Field(Department.phone, N_("Phone"), ("电话", "联系电话", "办公电话"), Kind.CODE, width=16),
        Field(Department.note, N_("Note"), ("备注", "说明"), width=24),
    ),
)

STAFF_STATUS = {
    StaffStatus.ACTIVE: Choice(
        N_("Active"), ("在职", "在岗", "正式", "试用", "试用期", "实习", "在编", "返聘", "借调", "正常")
    ),
    StaffStatus.LEFT: Choice(
        N_("Left"), ("离职", "退休", "已离职", "调出", "已调出", "已退休", "辞职", "已辞职", "不在岗")
    ),
}


def _check_staff(values: Values) -> dict[str, UserError]:
    joined, left = values.get("joined_on"), values.get("left_on")
    if joined and left and left < joined:
        return {"left_on": UserError(N_("The day of leaving is before the day of joining."))}
    return {}


STAFF = Entity(
    key="staff",
    model=Staff,
    label=N_("Staff"),
    singular=N_("Person"),
    icon="staff",
    match=(Staff.code,),
    title=Staff.name,
    code_prefix="RY",
    subjects=("员工", "职工", "人员", "教职工"),
    order=(Staff.code,),
    rule=_check_staff,
    own=(Staff.code, Staff.name, Staff.phone, Staff.email, Staff.id_number, Staff.joined_on, Staff.left_on),
    fields=(
        Field(
            Staff.code,
            N_("Staff no."),
            ("工号", "职工号", "员工编号", "人员编号", "人员编码", "编号"),
            Kind.CODE,
            searched=True,
        ),
        Field(
            Staff.name,
            N_("Full name"),
            ("姓名", "人员姓名", "员工姓名", "职工姓名", "名称"),
            width=10,
            searched=True,
            initials=True,
        ),
        Field(Staff.department_id, N_("Department"), ("部门", "所属部门", "所在部门", "科室", "单位"), width=20),
        Field(Staff.post, N_("Post"), ("岗位", "职务", "职位", "职称"), width=14, searched=True),
        Field(
            Staff.phone,
            N_("Phone"),
            ("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式"),
            Kind.CODE,
            width=14,
            private=StaffPrivate.phone,
        ),
        Field(Staff.email, N_("E-mail"), ("邮箱", "电子邮箱", "电子邮件", "email"), width=24),
        Field(
            Staff.id_number,
            N_("Identity no."),
            ("身份证号", "身份证号码", "身份证", "证件号码"),
            Kind.CODE,
            width=20,
            shown=False,
            private=StaffPrivate.id_number,
        ),
        Field(Staff.status, N_("Status"), ("状态", "在职状态", "人员状态"), choices=STAFF_STATUS, width=8),
        Field(Staff.joined_on, N_("Joined on"), ("入职日期", "入职时间", "参加工作时间", "到岗日期")),
        Field(Staff.left_on, N_("Left on"), ("离职日期", "离职时间", "退休日期"), shown=False),
        Field(
            Staff.login,
            N_("Login"),
            ("登录名", "登录账号", "用户名"),
            Kind.CODE,
            shown=False,
            help=N_("The name that the person signs in with; views that are shared with a post are found by it."),
        ),
        Field(Staff.note, N_("Note"), ("备注", "说明"), width=24),
    ),
)

LOCATIONS = Entity(
    key="locations",
    model=Location,
    label=N_("Locations"),
    singular=N_("Location"),
    icon="location",
    match=(Location.code,),
    title=Location.name,
    code_prefix="DD",
    subjects=("地点", "位置", "房间"),
    order=(Location.code,),
    fills=(
        from_reference(Location.parent_id, {Location.department_id: "department_id"}, N_("from the place around it")),
    ),
    fields=(
        Field(
            Location.code, N_("Code"), ("地点编号", "地点编码", "位置编码", "编号", "编码"), Kind.CODE, searched=True
        ),
        Field(
            Location.name,
            N_("Name"),
            ("地点", "地点名称", "位置", "位置名称", "房间", "名称"),
            width=24,
            searched=True,
            initials=True,
        ),
        Field(Location.parent_id, N_("Inside"), ("上级地点", "上级位置", "所属楼宇", "所在楼宇", "上级"), width=20),
        Field(Location.department_id, N_("Department"), ("部门", "使用部门", "所属部门", "管理部门"), width=20),
        Field(Location.note, N_("Note"), ("备注", "说明"), width=24),
    ),
)
