"""The small dialogs of saved views: a name, and with whom a view is shared."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from logistics_desktop.i18n import N_, _
from logistics_desktop.ledger.views import EVERYONE, SavedView


class _Dialog(QDialog):
    """A form with two buttons and a line for what is wrong; it stays open until the work is done."""

    def __init__(self, title: str, do: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.form = QFormLayout()
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("bad")
        self.wrong.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(do)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_(N_("Cancel")))
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(self.form)
        column.addWidget(self.wrong)
        column.addWidget(self.buttons)

    def refuse(self, error: BaseException) -> None:
        """Say why it cannot be done; what was typed stays."""
        self.wrong.setText(str(error))
        self.wrong.show()


class NameDialog(_Dialog):
    """Asks for the name of a view."""

    named = Signal(str)

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(title, _(N_("Save")), parent)
        self.name = QLineEdit(name)
        self.name.selectAll()
        self.form.addRow(_(N_("Name")), self.name)
        self.buttons.accepted.connect(lambda: self.named.emit(self.name.text()))
        self.resize(360, self.sizeHint().height())


class ShareDialog(_Dialog):
    """Asks with whom a view is shared, and whether they begin with it."""

    shared = Signal(object, bool)  # post, EVERYONE or None; opens

    def __init__(self, view: SavedView, posts: list[str], parent: QWidget | None = None) -> None:
        super().__init__(_(N_("Share “{name}”"), name=view.name), _(N_("Share")), parent)
        self.who = QComboBox()
        self.who.addItem(_(N_("Nobody")), None)
        self.who.addItem(_(N_("Everybody")), EVERYONE)
        for post in dict.fromkeys([*posts, *([view.shared_with] if view.shared_with not in (None, EVERYONE) else [])]):
            self.who.addItem(str(post), post)
        self.who.setCurrentIndex(max(self.who.findData(view.shared_with), 0))
        self.opens = QCheckBox(_(N_("They begin with it until they choose another view")))
        self.opens.setChecked(view.opens)
        hint = QLabel(
            _(N_("A post is what the staff ledger says of the person with that login. Only you can change the view.")),
            wordWrap=True,
        )
        hint.setObjectName("hint")
        self.form.addRow(_(N_("With")), self.who)
        self.form.addRow("", self.opens)
        self.form.addRow(hint)
        self.buttons.accepted.connect(lambda: self.shared.emit(self.who.currentData(), self.opens.isChecked()))
        self.who.currentIndexChanged.connect(lambda _at: self._show_state())
        self._show_state()
        self.resize(400, self.sizeHint().height())

    def _show_state(self) -> None:
        self.opens.setEnabled(self.who.currentData() is not None)
