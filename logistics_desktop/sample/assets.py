"""Ten years of assets: what was bought when, for whom, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from db.models.assets import Status
from db.models.organisation import StaffStatus
from logistics_desktop.sample.dice import Dice
from logistics_desktop.sample.words import words

Row = dict[str, Any]

COUNT = 3_000
FIRST_DAY, LAST_DAY = date(2016, 11, 1), date(2026, 10, 31)

_CENT = Decimal("0.01")
_YOUNG = (
    (Status.IN_USE, 91.0),
    (Status.IDLE, 4.0),
    (Status.IN_REPAIR, 2.5),
    (Status.LENT, 1.5),
    (Status.DISPOSED, 1.0),
)
_OLD = ((Status.IN_USE, 58.0), (Status.SCRAPPED, 24.0), (Status.IDLE, 10.0), (Status.DISPOSED, 8.0))
_GONE = (Status.SCRAPPED, Status.DISPOSED)


@dataclass(frozen=True, slots=True)
class Product:
    """A line of `resources/sample/products.json`, in the order of its columns."""

    class_code: str
    trade: str
    weight: float
    most: int
    lowest: int
    highest: int
    warranty: int
    departments: list[str]
    room: str
    names: list[str]
    makers: list[tuple[str, list[str]]]
    specifications: list[str]


@dataclass(frozen=True, slots=True)
class Purchase:
    """What one voucher bought: so many of a product, in rows of their own or in one."""

    day: date
    product: Product
    pieces: int
    in_one_row: bool

    @property
    def rows(self) -> int:
        """How many rows of the ledger it makes."""
        return 1 if self.in_one_row else self.pieces


class Shop:
    """Buys the assets of an organisation."""

    def __init__(
        self, dice: Dice, classes: list[Row], people: list[Row], places: list[Row], suppliers: dict[str, list[Row]]
    ) -> None:
        self._dice = dice
        self._classes = {row["code"]: row for row in classes}
        self._people = [person for person in people if person["status"] is StaffStatus.ACTIVE]
        self._places = places
        self._suppliers = suppliers
        self._words = words("products")

    def assets(self) -> list[Row]:
        """The rows of the assets in the order in which they were bought, numbered by year."""
        rows: list[Row] = []
        serials: dict[int, int] = {}
        for number, purchase in enumerate(self._purchases()):
            for row in self._bought(purchase, number):
                year = purchase.day.year
                serials[year] = serials.get(year, 0) + 1
                rows.append({"code": f"ZC{year}{serials[year]:04d}", **row, "disposed_on": _gone_on(row, len(rows))})
        return rows

    def _purchases(self) -> list[Purchase]:
        dice = self._dice
        products = [(product, product.weight) for product in (Product(*line) for line in self._words["products"])]
        purchases: list[Purchase] = []
        left = COUNT
        while left:
            product = dice.weighted(products)
            pieces = min(dice.number(1, product.most), dice.number(1, product.most))
            in_one_row = pieces > 5 and product.class_code.startswith("A05") and dice.chance(0.4)
            if not in_one_row:
                pieces = min(pieces, left)
            purchases.append(Purchase(dice.day(FIRST_DAY, LAST_DAY), product, pieces, in_one_row))
            left -= purchases[-1].rows
        return sorted(purchases, key=lambda purchase: purchase.day)

    def _bought(self, purchase: Purchase, number: int) -> list[Row]:
        """The rows of one purchase: all alike but for who has them and what became of them."""
        dice, product = self._dice, purchase.product
        kind = self._classes[product.class_code]
        maker, models = dice.pick(product.makers)
        common = {
            "name": dice.pick(product.names),
            "class_id": None if dice.chance(0.015) else product.class_code,
            "specification": dice.pick(product.specifications),
            "maker": maker or None,
            "model": dice.pick(models) or None,
            "supplier_id": dice.pick(self._suppliers[product.trade])["code"],
            "unit": kind["unit"],
            "funding_source": dice.weighted(self._words["funding"]),
            "voucher_number": f"记-{purchase.day:%Y%m}-{number % 900 + 1:03d}",
            **self._value(purchase, kind),
            **self._dates(purchase),
        }
        department = self._department(product)
        return [
            {
                **common,
                **self._whereabouts(purchase, kind, department if dice.chance(0.8) else self._department(product)),
                **self._remarks(product),
            }
            for _ in range(purchase.rows)
        ]

    def _value(self, purchase: Purchase, kind: Row) -> Row:
        product = purchase.product
        span = product.highest / product.lowest
        price = Decimal(int(product.lowest * span ** self._dice.fraction() / 10) * 10)
        pieces = purchase.pieces if purchase.in_one_row else 1
        rate = kind["residual_rate"]
        return {
            "quantity": Decimal(pieces),
            "unit_price": price,
            "original_value": price * pieces,
            "method": kind["method"],
            "life_months": kind["life_months"],
            "residual_rate": rate,
            "residual_value": (price * pieces * rate).quantize(_CENT, ROUND_HALF_UP) if rate is not None else None,
        }

    def _dates(self, purchase: Purchase) -> Row:
        start = min(purchase.day + timedelta(days=self._dice.number(0, 45)), LAST_DAY)
        years = purchase.product.warranty
        return {
            "purchased_on": None if self._dice.chance(0.02) else purchase.day,
            "in_service_on": start,
            "warranty_until": date(start.year + years, start.month, min(start.day, 28)) if years else None,
        }

    def _department(self, product: Product) -> str:
        """A department that may have the product; a larger one more likely."""
        having: list[str] = [person["department_id"] for person in self._people]
        if product.departments:
            having = [code for code in having if code in product.departments]
        return self._dice.pick(having)

    def _whereabouts(self, purchase: Purchase, kind: Row, department: str) -> Row:
        """Status, department, place and keeper; now and then one of them was never written down."""
        dice = self._dice
        months = (LAST_DAY - purchase.day).days // 30
        status = dice.weighted(_OLD if months > (kind["life_months"] or 10_000) else _YOUNG)
        gone, building = status in _GONE, kind["code"].startswith("A01")
        keeper = None if gone or dice.chance(0.6 if status is Status.IDLE else 0.04) else self._person(department)
        return {
            "status": status,
            "department_id": None if dice.chance(0.01) else department,
            "location_id": None if gone or building or dice.chance(0.03) else self._place(department, purchase),
            "keeper_id": keeper,
        }

    def _person(self, department: str) -> str:
        code: str = self._dice.pick([p["code"] for p in self._people if p["department_id"] == department])
        return code

    def _place(self, department: str, purchase: Purchase) -> str:
        own = [place for place in self._places if place["department_id"] == department]
        fitting = [place for place in own if purchase.product.room and purchase.product.room in place["name"]]
        code: str = self._dice.pick(fitting or own)["code"]
        return code

    def _remarks(self, product: Product) -> Row:
        dice = self._dice
        shared = dice.chance(0.05)
        numbered = product.class_code.startswith("A02") and dice.chance(0.92)
        return {
            "serial_number": f"SN{dice.number(10**9, 10**10 - 1)}" if numbered else None,
            "users": "、".join(dice.pick(self._people)["name"] for _ in range(2)) if shared else None,
            "technical_data": self._technical(product),
            "note": dice.pick(self._words["notes"]) if dice.chance(0.18) else None,
        }

    def _technical(self, product: Product) -> str | None:
        if product.trade == "vehicle":
            return f"车牌号 苏A·{self._dice.pick('BDEHKLM')}{self._dice.number(1_000, 9_999)}"
        return self._dice.pick(self._words["technical"]) if self._dice.chance(0.25) else None


def _gone_on(row: Row, number: int) -> date | None:
    """The day on which an asset left that is gone, some time of its life from the first month on."""
    if row["status"] not in _GONE:
        return None
    start: date = row["in_service_on"]
    return start + (LAST_DAY - start) * (number * 37 % 80 + 20) // 100
