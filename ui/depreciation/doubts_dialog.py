"""The assets that a run left out or doubts, with what to do about each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from logistics_desktop.features.depreciation.runs import Doubt
from logistics_desktop.i18n import N_, _
from ui.figures import Column, FigureTable


class DoubtsDialog(QDialog):
    """A line for each; `opened` gives the asset whose card is wanted."""

    opened = Signal(int)

    def __init__(self, doubts: Sequence[Doubt], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(N_("What to look at")))
        self.resize(860, 420)
        self.doubts = doubts
        left = sum(doubt.left_out for doubt in doubts)
        told = QLabel(
            _(
                N_("{count} assets want a look; {left} of them have no charge because of it. Enter opens the card."),
                count=f"{len(doubts):,}",
                left=f"{left:,}",
            ),
            wordWrap=True,
        )
        self.table = FigureTable(
            [
                Column(_(N_("Asset code"))),
                Column(_(N_("Name"))),
                Column(_(N_("Month"))),
                Column(_(N_("Charged"))),
                Column(_(N_("What is wrong")), wide=True),
            ]
        )
        yes, no = _(N_("Yes")), _(N_("No"))
        self.table.opened.connect(lambda row: self.opened.emit(doubts[row].asset_id))
        leave = QPushButton(_(N_("Close")))
        leave.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(leave)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.table.show_lines(
            [
                (one.code or "", one.name, str(one.month), no if one.left_out else yes, str(one.problem))
                for one in doubts
            ]
        )
