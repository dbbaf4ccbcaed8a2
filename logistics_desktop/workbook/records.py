"""Which rows below a header are records, and what the others are: totals, signatures, notes, headers again."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress

from logistics_desktop.i18n import N_
from logistics_desktop.workbook.cells import Cells, Raw
from logistics_desktop.workbook.findings import Said, Skipped
from logistics_desktop.workbook.header_search import Header
from logistics_desktop.workbook.headers import Vocabulary, split_unit
from logistics_desktop.workbook.raw_sheet import RawSheet, filled, is_blank, text_of

_TOTAL = re.compile(
    r"[(（]?(?:.{0,12}(?:合计|小计|总计|累计|共计|总合计)(?:数|额|金额|数量)?[)）]?[:：]?"
    r"|(?:合计|小计|总计|共计|累计)[:：(（\d].*|.{0,12}(?:sub|grand)?total[:：]?)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:(?:制表|制单|填表|填报|编制|审核|复核|审批|批准|审定|负责|主管|经办|经手|会计|出纳|保管|资产管理|盘点|监盘|领导|领用|移交|接收|单位|部门|科室|财务|打印|日期|联系)"
    r"[^:：]{0,8}"
    r"(?:[:：].*|(?:签字|签章|盖章|签名).{0,20})|.{0,20}(?:签字|签章|盖章|签名)[)）]?(?:[:：].{0,20})?)"
)
_NOTE = re.compile(r"(?:注|备注|说明|附注|填表说明|注意事项|编制说明)\d*[:：、.].*|第\d+页.*")
_DITTO = frozenset(("同上", "〃", "″", "′′", "''", '"', "〞", "〝", "”", "“"))
_NO_BRACKETS = str.maketrans("", "", "()")
_COUNTING = "甲乙丙丁戊己庚辛壬癸"
_SUSPECT = re.compile(r"合\s*计|小\s*计|总\s*计|累\s*计|共\s*计|total|[:：]|签\s*[字章名]|盖\s*章|页", re.IGNORECASE)


@dataclass(slots=True)
class Records:
    """The rows that are records (indexes of the sheet's rows), their cells by column, and the rows left out."""

    rows: list[int] = field(default_factory=list)
    cells: list[Cells] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[Said] = field(default_factory=list)


def find_records(sheet: RawSheet, header: Header, vocabulary: Vocabulary) -> Records:
    """Sort the rows below the header. Nothing is left out without a reason, except blank rows at the end."""
    found = Records()
    _fill_merged(sheet, header, vocabulary, found.warnings)
    body = sheet.rows[header.bottom :]
    while body and not any(True for _ in filled(body[-1])):
        body.pop()
    columns = [Cells.of(column) for column in zip(*body, strict=True)]
    needed = [place for place, key in enumerate(header.fields) if key in vocabulary.needed] or _named(header)
    judge = _Judge(sheet, header, vocabulary, needed)
    reasons: dict[int, Said] = {}
    for row in sorted(_suspects(columns, needed, judge)):
        if judge.begins_another_table(body[row]):
            number = sheet.number(header.bottom + row)
            found.warnings.append(Said(N_("Another table begins in row {row}; it was not read."), {"row": number}))
            body = body[:row]
            break
        reason = judge.reason(row, body[row])
        if reason:
            reasons[row] = reason
    found.skipped = [Skipped(sheet.number(header.bottom + row), reason) for row, reason in sorted(reasons.items())]
    found.rows = [header.bottom + row for row in range(len(body)) if row not in reasons]
    kept = bytearray(b"\x01") * len(body)
    for row in reasons:
        kept[row] = 0
    found.cells = [_repeat(_keep(cells, kept)) for cells in columns]
    _mention_hidden(sheet, found)
    return found


def _named(header: Header) -> list[int]:
    return [place for place, column in enumerate(header.columns) if column.header]


def _keep(cells: Cells, kept: bytearray) -> Cells:
    """The cells of the rows that stay, blanks as None."""
    distinct = [None if isinstance(raw, str) and (not raw or raw.isspace()) else raw for raw in cells.distinct]
    whole = len(kept) == len(cells) and kept.count(0) == 0
    return Cells(distinct, cells.codes if whole else array("I", compress(cells.codes, kept)))


def _repeat(cells: Cells) -> Cells:
    """The same with what stands above in place of 同上 and of ditto marks."""
    marks = {code for code, raw in enumerate(cells.distinct) if isinstance(raw, str) and _squeezed(raw) in _DITTO}
    if not marks:
        return cells
    codes = array("I", cells.codes)
    for row in range(1, len(codes)):
        if codes[row] in marks:
            codes[row] = codes[row - 1]
    return Cells(cells.distinct, codes)


def _fill_merged(sheet: RawSheet, header: Header, vocabulary: Vocabulary, warnings: list[Said]) -> None:
    """A cell merged over several rows means the same in each; an amount belongs to all of them together."""
    for merge in sheet.merges:
        if merge.top < header.bottom or merge.bottom == merge.top or merge.left >= len(header.fields):
            continue
        value = sheet.rows[merge.top][merge.left]
        if header.fields[merge.left] in vocabulary.sums and not isinstance(value, str):
            params = {"first": sheet.number(merge.top), "last": sheet.number(merge.bottom)}
            column = header.columns[merge.left].header
            warnings.append(
                Said(
                    N_("The amount in {column} merged over rows {first} to {last} was read once, in row {first}."),
                    {**params, "column": column},
                )
            )
            continue
        for row in sheet.rows[merge.top + 1 : merge.bottom + 1]:
            if is_blank(row[merge.left]):
                row[merge.left] = value


def _mention_hidden(sheet: RawSheet, found: Records) -> None:
    """Hidden rows are read, because a filter hides rows that belong to the ledger all the same; they are named."""
    hidden = sorted(set(sheet.hidden_rows) & set(found.rows))
    if hidden:
        found.warnings.append(
            Said(
                N_("{count} hidden rows were read, too (the first is row {row})."),
                {"count": len(hidden), "row": sheet.number(hidden[0])},
            )
        )


def _suspects(columns: Sequence[Cells], needed: Iterable[int], judge: _Judge) -> set[int]:
    """Rows that need a look: without any of the needed cells, or with a word that totals, headers or notes have."""
    suspects = set(range(min(2, len(columns[0]) if columns else 0)))
    blank_in = [_rows_where(columns[place], is_blank) for place in needed if place < len(columns)]
    if blank_in:
        suspects |= set.intersection(*blank_in)
    for place, cells in enumerate(columns):
        heads = judge.heads_of(place) & set(cells.distinct)
        if heads:
            suspects |= _rows_where(cells, heads.__contains__)
    for cells in columns[: max(needed, default=0) + 1]:
        text = "\n".join(raw for raw in cells.distinct if isinstance(raw, str))
        if _SUSPECT.search(text):
            suspects |= _rows_where(cells, lambda raw: isinstance(raw, str) and _SUSPECT.search(raw) is not None)
    return suspects


def _rows_where(cells: Cells, test: Callable[[Raw], bool]) -> set[int]:
    """The rows whose cell passes the test."""
    wanted = {code for code, raw in enumerate(cells.distinct) if test(raw)}
    return {row for row, code in enumerate(cells.codes) if code in wanted} if wanted else set()


class _Judge:
    """Says of a row below a header why it is no record, if it is none."""

    def __init__(self, sheet: RawSheet, header: Header, vocabulary: Vocabulary, needed: Sequence[int]) -> None:
        self._header = header
        self._vocabulary = vocabulary
        self._needed = set(needed)
        self._columns = sum(1 for column in header.columns if column.header)
        above = sheet.rows[: header.bottom]
        self._above = {tuple(text_of(raw) for _, raw in filled(row)) for row in above if any(True for _ in filled(row))}
        self._merged = {
            merge.top - header.bottom
            for merge in sheet.merges
            if merge.left < merge.right and merge.top >= header.bottom
        }

        self._heads = [{row[place] for row in sheet.rows[header.top : header.bottom]} for place in range(sheet.width)]

    def heads_of(self, place: int) -> set[Raw]:
        """Texts that make a row suspect of being a header: those above this column and those of other tables."""
        return {raw for raw in self._heads[place] if not is_blank(raw)} | self._vocabulary.names.keys()

    def begins_another_table(self, row: list[Raw]) -> bool:
        """Whether this row is the header of a table with other columns."""
        cells = list(filled(row))
        known = {self._vocabulary.field_of((text_of(raw),)) for _, raw in cells} - {None}
        return len(known) >= 3 and len(known) * 2 >= len(cells) and not self._repeats_header(cells)

    def _repeats_header(self, cells: Sequence[tuple[int, Raw]]) -> bool:
        columns = self._header.columns
        same = sum(1 for place, raw in cells if _heads(columns[place].path, text_of(raw)))
        return same * 2 > len(cells)

    def reason(self, row: int, values: list[Raw]) -> Said | None:
        cells = list(filled(values))
        if not cells:
            return Said(N_("The row is blank."))
        texts = [(place, _squeezed(raw)) for place, raw in cells if isinstance(raw, str)]
        if tuple(text_of(raw) for _, raw in cells) in self._above:
            return Said(N_("The row repeats the title or the header."))
        if len(cells) > 1 and self._repeats_header(cells):
            return Said(N_("The row repeats the title or the header."))
        if row == 0 and self._counts_columns(cells):
            return Said(N_("The row numbers the columns."))
        return self._by_words(cells, texts) or self._by_emptiness(row, cells, texts)

    def _counts_columns(self, cells: Sequence[tuple[int, Raw]]) -> bool:
        """1 2 3 4 … or 甲 乙 1 2 … under the header, as official forms have it."""
        if len(cells) < 3 or len(cells) * 2 < self._columns:
            return False
        marks = [_squeezed(str(raw)).translate(_NO_BRACKETS).removesuffix(".0") for _, raw in cells]
        figures = [int(mark) for mark in marks if mark.isdecimal()]
        sums = [mark for mark in marks if re.match(r"\d+=", mark)]
        counted = figures == list(range(1, len(figures) + 1)) or bool(sums)
        return counted and all(mark.isdecimal() or mark in _COUNTING for mark in marks if mark not in sums)

    def _by_words(self, cells: Sequence[tuple[int, Raw]], texts: Sequence[tuple[int, str]]) -> Said | None:
        """Totals, signatures and notes, by the first text of the row."""
        if not texts:
            return None
        place, lead = texts[0]
        leads = all(not isinstance(raw, str) for other, raw in cells if other < place)
        if leads and _TOTAL.fullmatch(lead):
            return Said(N_("The row is a total ({text})."), {"text": lead})
        few = len(cells) <= max(6, self._columns // 2) and place == cells[0][0]  # a number before it makes it a record
        if few and _NOTE.fullmatch(lead):
            return Said(N_("The row is a note ({text})."), {"text": lead[:40]})
        if few and _SIGNATURE.fullmatch(lead):
            return Said(N_("The row is for signatures ({text})."), {"text": lead[:40]})
        return None

    def _by_emptiness(
        self, row: int, cells: Sequence[tuple[int, Raw]], texts: Sequence[tuple[int, str]]
    ) -> Said | None:
        """Rows with next to nothing in them: headings, notes, numbered but unused lines, sums without a name."""
        places = {place for place, _ in cells}
        if self._columns < 3 or (self._needed & places and not (len(cells) == 1 and row in self._merged)):
            return None
        if len(cells) == 1 and texts:
            return Said(
                N_("Only one cell of the row is filled ({text}): a heading or a note."), {"text": texts[0][1][:40]}
            )
        figures = [raw for _, raw in cells if isinstance(raw, int | float) and not isinstance(raw, bool)]
        if len(figures) < len(cells):
            return None
        if sum(1 for figure in figures if figure) <= 1:
            return Said(N_("The row has a number and nothing else."))
        return Said(N_("The row has only numbers and no name: a total."))


def _heads(path: Sequence[str], text: str) -> bool:
    wanted = split_unit(text)[0]
    return bool(wanted) and wanted in [split_unit(part)[0] for part in path]


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
