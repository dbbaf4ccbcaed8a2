"""The texts of a label for one record: `{code}` in a pattern becomes the record's code as it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from logistics_desktop.features.labels.design import Design, patterns
from logistics_desktop.features.labels.links import Link
from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger import kinds
from logistics_desktop.ledger.entity import Entity
from logistics_desktop.ledger.rows import Row

LINK = "link"  # not a field: the content of the program's own code for the record
LABELS = {LINK: N_("Link for scanners")}

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Label:
    """A label to print: whose it is, in words, and the text of each element of its design."""

    title: str
    texts: tuple[str, ...]


def names(pattern: str) -> tuple[str, ...]:
    """What stands in braces."""
    return tuple(_PLACE.findall(pattern))


def needed_keys(design: Design, entity: Entity) -> tuple[str, ...]:
    """The fields that must be read to fill the design, its code and title among them."""
    named = {name for pattern in patterns(design) for name in names(pattern)}
    always = {code_key(entity), entity.title.key}
    return tuple(field.key for field in entity if field.key in named | always)


def code_key(entity: Entity) -> str:
    """The field by which a row of the ledger is called."""
    return entity.match[-1].key


def fill(design: Design, entity: Entity, keys: Sequence[str], row: Row) -> Label:
    """The label of a row that was read with `keys`, which `needed_keys` gave."""
    shown = {key: kinds.text_of(entity.by_key[key], value) for key, value in zip(keys, row.values, strict=True)}
    return label_of(design, entity, shown)


def label_of(design: Design, entity: Entity, shown: Mapping[str, str]) -> Label:
    """The label of a record whose fields are given as texts."""
    code = shown.get(code_key(entity), "")
    values = {**shown, LINK: str(Link(entity.key, code))}
    title = " ".join(filter(None, (code, shown.get(entity.title.key, ""))))
    return Label(title, tuple(_filled(pattern, values) for pattern in patterns(design)))


def example(entity: Entity) -> dict[str, str]:
    """Texts to preview a design with where the ledger has no record yet: each field says its name."""
    return {
        field.key: f"{entity.code_prefix}0001" if field.key == code_key(entity) else _(field.label) for field in entity
    }


def _filled(pattern: str, values: Mapping[str, Any]) -> str:
    return _PLACE.sub(lambda found: str(values.get(found[1], found[0])), pattern).strip()
