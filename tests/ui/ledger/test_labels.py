"""Labels: drawn, saved, printed into PDFs whose codes a reader reads back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QPlainTextEdit

from logistics_desktop.context import Office
from logistics_desktop.errors import Cancelled, Conflict, Refused, UserError
from logistics_desktop.features.labels import store
from logistics_desktop.features.labels.batch import Batch
from logistics_desktop.features.labels.design import Box, Code, Design, Frame, Overflow, Picture, Symbology, Text
from logistics_desktop.features.labels.printers import Adjustment
from logistics_desktop.features.labels.sheets import SHEETS, SIZES, roll
from logistics_desktop.features.labels.starters import starter
from logistics_desktop.jobs import Job
from logistics_desktop.ledger import records
from logistics_desktop.ledgers import LEDGERS
from tests import pdf_pages
from tests.ui.ledger.conftest import answer, question
from tests.ui.windows import Settle
from ui import fonts
from ui.labels import printing
from ui.labels.designer import Designer
from ui.labels.labels_dialog import LabelsDialog
from ui.labels.logo import read_logo
from ui.labels.opening import open_labels
from ui.labels.rendering import Run, write_pdf
from ui.ledger.screen import LedgerScreen
from ui.main_window import MainWindow

ASSETS = LEDGERS["assets"]
CODES = ("ZC001", "ZC002", "ZC003", "ZC004")
Print = Callable[..., Path]
_POINT = 0.25  # millimetres; Qt makes pages of whole points


@pytest.fixture
def write(office: Office, ids: dict[str, int], tmp_path: Path) -> Print:
    """Prints the labels of the four assets into a PDF."""

    def write_(design: Design, *, codes: tuple[str, ...] = CODES, copies: int = 1, **how: object) -> Path:
        batch = Batch(office, ASSETS, design, array("q", [ids[code] for code in codes]), copies)
        path = tmp_path / "labels.pdf"
        write_pdf(Run(batch, **{"sheet": roll(design), **how}), path, Job())  # type: ignore[arg-type]
        return path

    return write_


@pytest.fixture(autouse=True)
def our_font(qapp: QApplication) -> Iterator[None]:
    """The font that the program brings, with Chinese in it."""
    before = QFont(qapp.font())
    fonts.use(qapp)
    yield
    qapp.setFont(before)


def one_code(symbology: Symbology, pattern: str = "{code}", **how: object) -> Design:
    return Design("x", 60, 40, (Code(Box(2, 2, 56, 30), symbology, pattern, **how),))  # type: ignore[arg-type]


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("size", [(60, 40), (50, 30), (100, 70), (40, 30)])
def test_a_label_printer_gets_a_page_for_each_label_and_every_code_is_read(
    write: Print, size: tuple[float, float], dpi: int
) -> None:
    path = write(starter(ASSETS, *size), dpi=dpi)
    assert pdf_pages.page_sizes(path) == [pytest.approx(size, abs=_POINT)] * 4
    found = pdf_pages.codes(path)
    assert [[code[:2] for code in page] for page in found] == [[("QR Code", f"LD:assets:{code}")] for code in CODES]
    assert "办公桌" in pdf_pages.texts(path)[0]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("symbology", "pattern", "read"),
    [
        (Symbology.CODE_128, "{code}", "ZC001"),
        (Symbology.EAN_13, "690123456789", "6901234567892"),
        (Symbology.EAN_8, "9638507", "96385074"),
        (Symbology.QR, "资产编号：{code}\n{name}", "资产编号：ZC001\n办公桌"),
    ],
)
def test_every_kind_of_code_is_read_however_it_is_turned(
    write: Print, symbology: Symbology, pattern: str, read: str, turn: int
) -> None:
    design = Design("x", 60, 60, (Code(Box(2, 2, 56, 56), symbology, pattern, turn=turn),))
    found = pdf_pages.codes(write(design, codes=("ZC001",), dpi=203))
    assert [code[1] for code in found[0]] == [read]


@pytest.mark.parametrize("dpi", [203, 300])
def test_each_bar_is_the_same_whole_number_of_the_printers_dots(write: Print, dpi: int) -> None:
    # A page of whole inches, or the reader of the PDF would itself divide the dots.
    page = replace(SHEETS[0], page_width=101.6, page_height=50.8, columns=1, rows=1)
    path = write(one_code(Symbology.CODE_128, caption=False), codes=("ZC001",), dpi=dpi, sheet=replace(page, height=40))
    data, width, stride = pdf_pages.pixels(path, dpi)[0]
    line = data[stride * (len(data) // stride // 4) :][:width]
    assert all(grey < 3 or grey > 252 for grey in line), "an edge between two dots would be grey"
    line = bytes(0 if grey < 3 else 255 for grey in line)
    runs = [len(run) for run in bytes(line).replace(b"\xff", b" ").split() if run]
    module = min(runs)
    assert module >= 2
    assert all(run % module == 0 and run // module <= 4 for run in runs)


def test_a_used_sheet_is_begun_at_the_place_that_is_left(write: Print) -> None:
    path = write(starter(ASSETS, 70, 37), sheet=SHEETS[0], start=23, copies=2)
    assert pdf_pages.page_sizes(path) == [pytest.approx((210, 297), abs=_POINT)] * 2
    first, second = pdf_pages.codes(path)
    assert [code[1] for code in first] == ["LD:assets:ZC001"] * 2
    assert [code[1][-5:] for code in second] == ["ZC002", "ZC002", "ZC003", "ZC003", "ZC004", "ZC004"]
    assert 70 < first[0][2] < 80
    assert first[0][3] > 260


def test_offset_and_stretch_move_the_labels_and_keep_the_codes_sharp(write: Print) -> None:
    design = one_code(Symbology.QR)
    plain = pdf_pages.codes(write(design, codes=("ZC001",)))[0][0]
    moved = pdf_pages.codes(write(design, codes=("ZC001",), adjustment=Adjustment(3.0, -1.0, 1.02, 1.0)))[0][0]
    middle = 1.02 * (plain[2] + 3.0)
    assert moved[2] == pytest.approx(middle, abs=0.6)
    assert moved[3] == pytest.approx(plain[3] - 1.0, abs=0.2)


def test_a_long_text_gets_smaller_or_is_cut_off_at_its_box(write: Print) -> None:
    long = "会议室用带抽屉的办公桌 " * 4
    box = Box(5, 5, 30, 5)
    path = write(Design("x", 60, 40, (Text(box, long, 10),)), codes=("ZC001",))
    assert pdf_pages.texts(path)[0].replace("\r\n", "").replace(" ", "").count("会议室") == 4
    for overflow in Overflow:
        path = write(Design("x", 60, 40, (Text(box, long, 10, overflow=overflow),)), codes=("ZC001",))
        data, width, stride = pdf_pages.pixels(path, 254)[0]  # ten pixels a millimetre
        rows = [data[at : at + width] for at in range(0, len(data), stride)]
        dark = [(x, y) for y, row in enumerate(rows) for x, grey in enumerate(row) if grey < 128]
        assert dark
        assert min(x for x, _y in dark) >= 49
        assert max(x for x, _y in dark) <= 351
        assert min(y for _x, y in dark) >= 49
        assert max(y for _x, y in dark) <= 101


def test_a_logo_and_a_frame_are_where_they_were_put(write: Print, tmp_path: Path) -> None:
    image = QImage(QSize(3000, 1500), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    image.save(str(tmp_path / "logo.png"))
    logo = Picture(Box(10, 10, 20, 20), read_logo(tmp_path / "logo.png"))
    path = write(Design("x", 60, 40, (logo, Frame(Box(40, 5, 15, 30), 1.0))), codes=("ZC001",))
    data, _width, stride = pdf_pages.pixels(path, 254)[0]

    def grey(x: float, y: float) -> int:
        return data[round(y * 10) * stride + round(x * 10)]

    assert [grey(20, 20), grey(11, 16), grey(20, 12), grey(20, 28)] == [0, 0, 255, 255]  # fitted, not distorted
    assert [grey(40.5, 20), grey(54.5, 20), grey(47, 20), grey(47, 5.5)] == [0, 0, 255, 0]


def test_what_is_no_picture_is_refused_as_a_logo(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("no picture")
    with pytest.raises(UserError, match="not a picture"):
        read_logo(tmp_path / "logo.png")


def test_codes_that_do_not_fit_are_all_named_and_nothing_is_written(write: Print, tmp_path: Path) -> None:
    old = tmp_path / "labels.pdf"
    old.write_bytes(b"what was there")
    with pytest.raises(UserError) as refused:
        write(one_code(Symbology.EAN_13))
    assert str(refused.value).startswith(
        "4 of 4 labels cannot be printed, so none was.\nZC001 办公桌: “ZC001” is not an"
    )
    assert "ZC004 办公椅" in str(refused.value)
    with pytest.raises(UserError, match="its paper has 70 × 37 mm"):
        write(starter(ASSETS, 100, 70), sheet=SHEETS[0])
    with pytest.raises(UserError, match=r"needs 55\.1 mm.* has 20\.0 mm"):
        write(Design("x", 30, 20, (Code(Box(1, 1, 20, 10), Symbology.CODE_128, "{link}"),)), codes=("ZC001",), dpi=203)
    assert old.read_bytes() == b"what was there"
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".part", ".pdf")] == ["labels.pdf"]


def test_rows_that_were_deleted_meanwhile_stop_the_printing(office: Office, write: Print, ids: dict[str, int]) -> None:
    with office.session() as session:
        read = records.read(session, LEDGERS, ASSETS, ids["ZC003"])
        records.delete(session, LEDGERS, ASSETS, read.id, read.version)
    with pytest.raises(UserError, match="1 of the rows have been deleted"):
        write(starter(ASSETS, 60, 40))


def test_a_stopped_job_leaves_no_file(office: Office, ids: dict[str, int], tmp_path: Path) -> None:
    design = starter(ASSETS, 60, 40)
    run = Run(Batch(office, ASSETS, design, array("q", [ids["ZC001"]]), 100), roll(design))
    job = _StopsAt(50)
    with pytest.raises(Cancelled):
        write_pdf(run, tmp_path / "labels.pdf", job)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


class _StopsAt(Job):
    """A job that somebody stops when so many labels are printed."""

    def __init__(self, done: int) -> None:
        super().__init__()
        self._stop_at = done

    def progress(self, done: int, total: int = 0, text: str = "") -> None:
        if done >= self._stop_at:
            self.cancel()
        super().progress(done, total, text)


def test_a_printer_gets_the_same_labels(office: Office, ids: dict[str, int], tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(1218)
    design = starter(ASSETS, 70, 37)
    run = Run(Batch(office, ASSETS, design, array("q", [ids[code] for code in CODES])), SHEETS[0], 3, 203)
    assert printing.print_labels(printer, run, Job()) == 4
    found = pdf_pages.codes(tmp_path / "printed.pdf")
    assert [code[1][-5:] for code in found[0]] == list(CODES)
    assert found[0][0][2] > 140


def test_a_printer_that_is_gone_is_said_so() -> None:
    with pytest.raises(UserError, match="“Lost” is not there any more"):
        printing.open_printer("Lost", 300)


@pytest.mark.parametrize("moved", [Adjustment(), Adjustment(2.0, 1.0, 1.01, 1.0)])
def test_the_calibration_page_has_lines_of_the_length_it_says(tmp_path: Path, moved: Adjustment) -> None:
    path = tmp_path / "page.pdf"
    printing.write_calibration(path, SHEETS[0], 300, moved)
    data, width, stride = pdf_pages.pixels(path, 254)[0]
    rows = [data[at : at + width] for at in range(0, len(data), stride)]
    longest = max(range(len(rows)), key=lambda y: sum(grey < 200 for grey in rows[y]))
    dark = [x for x, grey in enumerate(rows[longest]) if grey < 200]
    left = (20 + moved.offset_x) * moved.stretch_x
    assert max(dark) / 10 == pytest.approx(left + 100 * moved.stretch_x, abs=0.3)
    assert min(dark) / 10 == pytest.approx(left - 2 * moved.stretch_x, abs=0.3)
    assert longest / 10 == pytest.approx(20 + moved.offset_y, abs=0.3)
    assert "Across 100 mm, down 200 mm, cross at 20 mm" in pdf_pages.texts(path)[0].replace("\r\n", " ")


def test_designs_are_shared_and_two_who_change_one_are_told(office: Office) -> None:
    design = Design("门牌", 60, 40, (Text(Box(1, 1, 30, 5), "{code}"),))
    with office.session() as session:
        number = store.create(session, ASSETS, design)
    with office.session() as session:
        (saved,) = store.designs(session, ASSETS)
        assert (saved.id, saved.version, saved.design) == (number, 1, design)
        assert store.designs(session, LEDGERS["staff"]) == []
    with office.session() as session:
        assert store.update(session, ASSETS, number, 1, replace(design, width=50)) == 2
    with pytest.raises(Conflict, match="has changed this label meanwhile"), office.session() as session:
        store.update(session, ASSETS, number, 1, design)
    with pytest.raises(UserError, match="“门牌” already"), office.session() as session:
        store.create(session, ASSETS, replace(design, name=" 门牌 "))
    with office.session() as session:
        store.delete(session, number, 2)
    with pytest.raises(Refused, match="deleted meanwhile"), office.session() as session:
        store.update(session, ASSETS, number, 2, design)


@pytest.fixture
def dialog(window: MainWindow, assets: LedgerScreen, settle: Settle) -> Iterator[LabelsDialog]:
    """The dialog, opened for two selected assets."""
    assets.table.selectAll()
    assets.table.setFocus()
    QTest.keyClick(assets, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle()
    found = assets.findChildren(LabelsDialog)[0]
    yield found
    settle()
    if found.designs.designer is not None:
        found.designs.designer.edits.mark_saved(found.designs.designer.edits.design)
    found.close()


def test_ctrl_l_prints_the_selection_into_a_pdf(
    window: MainWindow, dialog: LabelsDialog, tmp_path: Path, settle: Settle
) -> None:
    assert dialog.rows.currentText() == "Selected rows (4)"
    assert dialog.summary.text() == "Labels: 4, pages: 4"
    assert not dialog.preview.pixmap().isNull()
    dialog.designs.choose(SIZES.index((70, 37)))
    dialog.paper.choose(SHEETS[0].name)
    dialog.copies.setValue(2)
    settle()
    assert dialog.summary.text() == "Labels: 8, pages: 1"
    assert dialog.problem.text() == ""
    QTest.mouseClick(
        dialog.paper.picker, Qt.MouseButton.LeftButton, pos=dialog.paper.picker.place_rect(20).center().toPoint()
    )
    assert dialog.paper.start() == 20
    assert dialog.summary.text() == "Labels: 8, pages: 2"
    dialog.write_to(tmp_path / "out.pdf")
    settle()
    assert "8 labels are saved as out.pdf." in question_in(window)
    assert [len(page) for page in pdf_pages.codes(tmp_path / "out.pdf")] == [5, 3]


def question_in(window: MainWindow) -> str:
    screen = window.open_module("assets")
    assert isinstance(screen, LedgerScreen)
    return answer(screen, "Close")


def test_without_a_selection_labels_are_for_all_rows_found(assets: LedgerScreen, settle: Settle) -> None:
    assets.filters.search.setText("办公")
    QTest.keyClick(assets.filters.search, Qt.Key.Key_Return)
    settle()
    open_labels(assets)
    settle()
    dialog = assets.findChildren(LabelsDialog)[0]
    assert dialog.rows.currentText() == "All rows found (2)"
    dialog.close()


def test_a_label_too_large_for_the_chosen_paper_is_said_in_the_dialog(dialog: LabelsDialog, settle: Settle) -> None:
    dialog.designs.choose(SIZES.index((100, 70)))
    dialog.paper.choose(SHEETS[0].name)
    settle()
    assert "is 100 × 70 mm and its paper has 70 × 37 mm" in dialog.problem.text()


def test_own_paper_is_described_checked_and_remembered(dialog: LabelsDialog, settle: Settle) -> None:
    asked = dialog.paper.describe()
    asked.set_measure("width", 300)
    assert "the paper only to" in asked.problem.text()
    for name, value in {"page_width": 100, "page_height": 50, "width": 80, "height": 45, "left": 5, "top": 2}.items():
        asked.set_measure(name, value)
    assert asked.problem.text() == ""
    asked.accept()
    settle()
    chosen = dialog.paper.sheet()
    assert chosen is not None
    assert (chosen.name, chosen.page_width, chosen.width) == ("Own paper", 100, 80)


def test_measuring_the_calibration_page_corrects_this_printer_from_then_on(
    dialog: LabelsDialog, settle: Settle
) -> None:
    dialog.paper.choose(SHEETS[0].name)
    settle()
    asked = dialog.printer.adjust()
    assert asked is not None
    asked.across.setValue(50)
    assert "fit to page" in asked.problem.text()
    asked.across.setValue(99)
    asked.left.setValue(21.5)
    assert asked.offset_x.value() == -1.5
    asked.accept()
    settle()
    run = dialog.run()
    assert run is not None
    assert run.adjustment == Adjustment(-1.5, 0.0, 1.0101, 1.0)


@pytest.fixture
def designer(dialog: LabelsDialog) -> Designer:
    """The designer with an empty label of 60 × 40 mm."""
    return dialog.designs.open_designer(Design("空白", 60, 40), None)


def drag(designer: Designer, start: tuple[float, float], to: tuple[float, float]) -> None:
    """Drag from one place to another, in millimetres."""
    canvas = designer.canvas
    begin, end = (canvas.pixel(*place).toPoint() for place in (start, to))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(canvas, (begin + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def test_elements_are_moved_and_resized_on_the_grid(designer: Designer) -> None:
    designer.add(Text(Box(10, 10, 20, 10), "{code}"))
    drag(designer, (15, 15), (20.3, 17.4))
    assert designer.edits.design.elements[0].box == Box(15, 12, 20, 10)
    drag(designer, (35, 22), (45.2, 30.1))
    assert designer.edits.design.elements[0].box == Box(15, 12, 30, 18)
    drag(designer, (15, 12), (80, 80))
    box = designer.edits.design.elements[0].box
    assert (box.right, box.bottom, box.width, box.height) == (45, 30, 1, 1)
    for _step in range(3):
        QTest.keyClick(designer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert designer.edits.design.elements[0].box == Box(10, 10, 20, 10)
    QTest.keyClick(designer, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert designer.edits.design.elements[0].box == Box(15, 12, 20, 10)


def test_the_keyboard_moves_resizes_doubles_and_deletes(designer: Designer) -> None:
    designer.add(Text(Box(10, 10, 20, 10), "{code}"))
    QTest.keyClick(designer.canvas, Qt.Key.Key_Right)
    QTest.keyClick(designer.canvas, Qt.Key.Key_Down)
    QTest.keyClick(designer.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert designer.edits.design.elements[0].box == Box(11, 11, 21, 10)
    QTest.keyClick(designer, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [element.box for element in designer.edits.design.elements] == [Box(11, 11, 21, 10), Box(13, 13, 21, 10)]
    QTest.keyClick(designer.canvas, Qt.Key.Key_Backtab)
    assert designer.canvas.place == 0
    QTest.keyClick(designer.canvas, Qt.Key.Key_Delete)
    assert [element.box for element in designer.edits.design.elements] == [Box(13, 13, 21, 10)]


def test_the_inspector_changes_what_is_chosen_and_says_what_is_wrong(designer: Designer) -> None:
    designer.add(Code(Box(2, 2, 50, 20), Symbology.QR, "{code}"))
    kind, width, content = (designer.inspector.field(name) for name in ("symbology", "width", "pattern"))
    assert isinstance(kind, QComboBox)
    assert isinstance(width, QDoubleSpinBox)
    assert isinstance(content, QPlainTextEdit)
    kind.setCurrentIndex(kind.findData(Symbology.EAN_13))
    kind.activated.emit(kind.currentIndex())
    assert "is not an EAN-13" in designer.problems.text()
    content = designer.inspector.field("pattern")
    assert isinstance(content, QPlainTextEdit)
    content.clear()
    QTest.keyClicks(content, "690123456789")
    assert designer.problems.text() == ""
    width = designer.inspector.field("width")
    assert isinstance(width, QDoubleSpinBox)
    width.setValue(59)
    assert "partly outside of the label" in designer.problems.text()
    QTest.keyClick(designer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(designer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    element = designer.edits.design.elements[0]
    assert isinstance(element, Code)
    assert element.box == Box(2, 2, 50, 20)


def test_a_design_is_saved_for_everybody_and_chosen(
    office: Office, dialog: LabelsDialog, designer: Designer, settle: Settle, assets: LedgerScreen
) -> None:
    designer.add(Text(Box(10, 10, 20, 10), "{code}"))
    QTest.keyClick(designer, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    with office.session() as session:
        assert [saved.name for saved in store.designs(session, ASSETS)] == ["空白"]
    assert dialog.designs.choice.currentText() == "空白"
    assert not designer.edits.changed()
    designer.name.selectAll()
    QTest.keyClicks(designer.name, "Renamed")
    QTest.keyClick(designer, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert dialog.designs.choice.currentText() == "Renamed"
    designer.reject()
    dialog.designs.ask_delete()
    answer(assets, "Delete")
    settle()
    with office.session() as session:
        assert store.designs(session, ASSETS) == []
    assert dialog.designs.choice.currentText() == "Standard, 60 × 40 mm"


def test_unsaved_changes_are_asked_about(
    dialog: LabelsDialog, designer: Designer, settle: Settle, assets: LedgerScreen
) -> None:
    designer.add(Text(Box(10, 10, 20, 10), "{code}"))
    assert not dialog.designs.may_close()
    assert "not saved yet" in question(assets).text()
    answer(assets, "Save")
    settle()
    assert dialog.designs.designer is None
    assert dialog.designs.choice.currentText() == "空白"


def test_the_preview_is_of_a_real_record_and_walks_through_them(designer: Designer) -> None:
    assert designer.record_title.text() == "ZC001 办公桌"
    designer.after.click()
    assert designer.record_title.text() == "ZC002 会议桌"
    designer.before.click()
    designer.before.click()
    assert designer.record_title.text() == "ZC004 办公椅"


def test_a_picture_that_is_none_is_said_in_the_designer(designer: Designer, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"")
    designer.add_picture(tmp_path / "x.png")
    assert "“x.png” is not a picture" in designer.problems.text()


def test_a_usual_size_is_chosen_from_the_list_and_recognised(designer: Designer) -> None:
    assert designer.size_choice.currentText() == "60 × 40 mm"
    designer.size_choice.setCurrentIndex(designer.size_choice.findText("70 × 50 mm"))
    designer.size_choice.activated.emit(designer.size_choice.currentIndex())
    assert (designer.edits.design.width, designer.edits.design.height) == (70, 50)
    designer.width_field.setValue(71)
    assert designer.size_choice.currentText() == "Own size"
