"""What a clerk gets on paper: the list as it is shown, the card of a record; read back from the PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QWidget

from logistics_desktop import attachments
from logistics_desktop.context import Office
from logistics_desktop.ledger import records
from logistics_desktop.ledger.filters import Query, Sort, Within
from logistics_desktop.ledgers import LEDGERS
from tests.ui.ledger.conftest import OpenScreen, answer
from tests.ui.windows import Settle
from ui import fonts
from ui.ledger.screen import LedgerScreen
from ui.paper.preview import Preview

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def the_programs_font(qapp: QApplication) -> Iterator[None]:
    """The font that the program brings along; the others of the machine stay as they were."""
    before = qapp.font()
    fonts.use(qapp)
    yield
    qapp.setFont(before)


def texts(path: Path) -> list[str]:
    """The text of every page."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_bounded().replace("\r\n", "\n"))
            text.close()
            page.close()
        return pages


def inked(path: Path) -> float:
    """The part of the first page that is not white."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        page = document[0]
        grey = bytes(page.render(scale=2, grayscale=True).buffer)
        page.close()
        return sum(dot < 200 for dot in grey) / len(grey)


def preview_of(screen: QWidget) -> Preview[object]:
    return next(each for each in screen.window().findChildren(Preview) if each.isVisible())


def pdf(screen: LedgerScreen, path: Path, settle: Settle) -> list[str]:
    """Save what is previewed, as the button does after the file is chosen."""
    preview = preview_of(screen)
    preview.save_pdf(path)
    settle()
    answer(screen, "Close")
    return texts(path)


def test_the_list_prints_as_it_is_shown(
    assets: LedgerScreen, ids: dict[str, int], settle: Settle, tmp_path: Path
) -> None:
    assets.filters.set_query(Query((Within("department_id", (ids["0101"],), True),), "", ()))
    assets.filters.sort_by((Sort("original_value", descending=True),))
    settle()
    QTest.keyClick(assets.table, Qt.Key.Key_P, CTRL)
    settle()
    preview = preview_of(assets)
    assert not preview.page.pixmap().isNull()
    (page,) = pdf(assets, tmp_path / "list.pdf", settle)
    assert "Fixed assets\n" in page
    assert "Only: Department: 行政部 and below\nSorted by Original value, descending" in page
    assert page.index("ZC002") < page.index("ZC001") < page.index("ZC004")
    assert "ZC003" not in page, "it is in another department"
    assert "1,200.50" in page
    assert "Total: 3 rows" in page
    assert "10,000.50" in page
    assert f"Printed by {assets.workspace.office.user}, 20" in page
    assert "Page 1 of 1" in page
    assert 0.01 < inked(tmp_path / "list.pdf") < 0.3
    preview.close()


def test_a_grouped_list_has_headings_and_subtotals(assets: LedgerScreen, settle: Settle, tmp_path: Path) -> None:
    assets.print_list()
    settle()
    preview = preview_of(assets)
    groups = next(box for box in preview.findChildren(QComboBox) if box.accessibleName() == "Group by")
    groups.setCurrentIndex(groups.findData("keeper_id"))
    settle()
    (page,) = pdf(assets, tmp_path / "grouped.pdf", settle)
    assert "Grouped by Keeper" in page
    order = [page.index(text) for text in ("Keeper: 张伟", "Subtotal: 1 rows", "Keeper: 王芳", "Subtotal: 2 rows")]
    assert order == sorted(order) or page.index("Keeper: 王芳") < page.index("Keeper: 张伟")
    assert "Keeper: (empty)" in page
    assert "Total: 4 rows" in page
    preview.close()


def test_a_long_list_repeats_its_titles_and_turns_by_keys(
    office: Office, ids: dict[str, int], open_screen: OpenScreen, settle: Settle, tmp_path: Path
) -> None:
    with office.session() as session:
        for number in range(200):
            records.create(session, LEDGERS["suppliers"], {"code": f"S{number:03}", "name": f"供应商{number}"})
    screen = open_screen("suppliers")
    screen.print_list()
    settle()
    preview = preview_of(screen)
    assert preview.printout is not None
    upright = preview.printout.pages
    first = preview.page.pixmap().toImage()
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    settle()
    assert preview.pages.spin.value() == 2
    assert preview.page.pixmap().toImage() != first
    preview.bar.orientation.setCurrentIndex(1 - preview.bar.orientation.currentIndex())
    settle()
    assert preview.printout is not None
    assert preview.printout.pages != upright
    pages = pdf(screen, tmp_path / "long.pdf", settle)
    assert len(pages) == preview.printout.pages
    assert all("Code\n" in page or "Code " in page for page in pages)
    assert [f"Page {at + 1} of {len(pages)}" in page for at, page in enumerate(pages)] == [True] * len(pages)
    assert all(sum(f"S{number:03}" in page for page in pages) == 1 for number in range(200))
    assert "Total: 200 rows" in pages[-1]
    chosen = preview.bar.landscape()
    preview.close()
    screen.print_list()
    settle()
    assert preview_of(screen).bar.landscape() == chosen, "the paper is remembered"
    preview_of(screen).close()


def test_the_card_has_every_field_the_files_and_if_wanted_the_history(
    assets: LedgerScreen, office: Office, ids: dict[str, int], settle: Settle, tmp_path: Path
) -> None:
    file = tmp_path / "发票.pdf"
    file.write_bytes(b"%PDF-1.4\n%%EOF\n")
    note = "说明" * 3_000
    with office.session() as session:
        attachments.attach(session, "asset", ids["ZC001"], file)
        read = records.read(session, LEDGERS, LEDGERS["assets"], ids["ZC001"])
        records.update(session, LEDGERS, LEDGERS["assets"], read.id, read.version, {"note": note, "model": "M1"})
    assets.open_record(ids["ZC001"])
    settle()
    assets.panel.form.editor("name").setFocus()
    QTest.keyClick(assets.panel.form.editor("name"), Qt.Key.Key_P, CTRL)
    settle()
    pages = pdf(assets, tmp_path / "card.pdf", settle)
    whole = "".join(pages)
    assert all(field.label in whole.replace("\n", " ") for field in assets.entity if " " not in field.label)
    assert "办公桌" in pages[0]
    assert "1,200.50" in pages[0]
    assert "张伟" in pages[0]
    assert whole.replace("\n", "").count("说明") >= 2_990, "a note that fills pages is printed to its end"
    assert len(pages) > 1
    assert "发票.pdf" in whole
    assert "History" not in whole
    preview = preview_of(assets)
    next(box for box in preview.findChildren(QCheckBox)).setChecked(True)
    settle()
    assert "History" in "".join(pdf(assets, tmp_path / "card.pdf", settle))
    preview.close()


def test_a_printer_gets_the_pages_that_were_chosen(
    office: Office, ids: dict[str, int], open_screen: OpenScreen, settle: Settle, tmp_path: Path
) -> None:
    with office.session() as session:
        for number in range(150):
            records.create(session, LEDGERS["suppliers"], {"code": f"S{number:03}", "name": f"供应商{number}"})
    screen = open_screen("suppliers")
    screen.print_list()
    settle()
    preview = preview_of(screen)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert preview.printout is not None
    from ui.paper.output import prepare_printer

    prepare_printer(printer, preview.printout)
    printer.setFromTo(2, 2)
    preview.print_on(printer)
    settle()
    (page,) = texts(tmp_path / "printed.pdf")
    assert f"Page 2 of {preview.printout.pages}" in page
    preview.close()


def test_a_pdf_that_cannot_be_written_is_said_and_leaves_nothing(
    assets: LedgerScreen, settle: Settle, tmp_path: Path
) -> None:
    assets.print_list()
    settle()
    preview = preview_of(assets)
    preview.save_pdf(tmp_path / "nowhere" / "list.pdf")
    settle()
    assert any("does not exist" in label.text() for label in assets.window().findChildren(QLabel))
    assert list(tmp_path.glob("*.pdf")) == []
    assert preview.bar.pdf.isEnabled(), "one can choose another place"
    preview.close()


@pytest.mark.parametrize("landscape", [False, True])
def test_columns_that_do_not_fit_are_refused_in_words(assets: LedgerScreen, settle: Settle, landscape: bool) -> None:
    from ui.paper.printing import preview_list

    every = [field.key for field in assets.entity] * 4
    preview = preview_list(assets.workspace, assets.entity, Query(), every, assets)
    preview.show()
    settle()
    preview.bar.orientation.setCurrentIndex(int(landscape))
    settle()
    assert "do not fit" in preview.page.text()
    assert not preview.bar.print.isEnabled()
    preview.close()
