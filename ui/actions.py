"""Everything that can be done by a key, declared once for menus, tooltips, the palette and the cheat sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from logistics_desktop.i18n import N_, _
from ui.theme import icon

MODULE_KEYS = (*(f"Alt+{n}" for n in range(1, 10)), "Alt+0", *(f"Alt+Shift+{n}" for n in range(1, 10)))
NUMBERED = len(MODULE_KEYS)  # modules that have a key of their own

_MNEMONIC = re.compile(r"\s*\(&\w\)|&")


class Place(Enum):
    """Where a key works; the value is what the cheat sheet calls it."""

    WINDOW = N_("Everywhere")
    LEDGER = N_("In a ledger")
    ASSETS = N_("In the assets")
    CLASSES = N_("In the asset classes")
    DEPRECIATION = N_("In depreciation")
    TABLE = N_("In the table")
    CELL = N_("While editing cells")
    RECORD = N_("In a record")
    PALETTE = N_("In the command palette")
    PREVIEW = N_("In the print preview")
    DESIGNER = N_("In the label designer")
    LOG = N_("In the program log")
    APPROVALS = N_("In the approval inbox")
    ROUTES = N_("In the route designer")
    DOCUMENTS = N_("In the documents")


# The places that can hear a key at the same moment: a screen lies in the window, table and record lie in the screen.
_SCREENS = (Place.ASSETS, Place.CLASSES, Place.DEPRECIATION, Place.LEDGER, Place.WINDOW)
_WITHIN = {
    Place.LEDGER: (Place.WINDOW,),
    Place.ASSETS: (Place.LEDGER, Place.WINDOW),
    Place.CLASSES: (Place.LEDGER, Place.WINDOW),
    Place.DEPRECIATION: (Place.LEDGER, Place.WINDOW),
    Place.TABLE: _SCREENS,
    Place.RECORD: _SCREENS,
    Place.CELL: _SCREENS,
    Place.APPROVALS: (Place.WINDOW,),
    Place.ROUTES: (Place.WINDOW,),
    Place.DOCUMENTS: (Place.WINDOW,),
}


@dataclass(frozen=True, slots=True)
class Command:
    """What can be done, its keys (the first is shown) and its icon; `text` is a message id.

    `by_itself` is what a widget does with its keys on its own account, so that no action is made of it.
    """

    key: str
    text: str
    place: Place
    keys: tuple[str, ...]
    icon: str = ""
    by_itself: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("palette", N_("Find &anything …"), Place.WINDOW, ("Ctrl+K",), "search"),
    Command("undo", N_("&Undo"), Place.WINDOW, ("Ctrl+Z",), "undo"),
    Command("redo", N_("&Redo"), Place.WINDOW, ("Ctrl+Y",)),
    Command("switch_office", N_("&Switch office…"), Place.WINDOW, ("Ctrl+Shift+O",), "server"),
    Command("change_password", N_("Change the &password …"), Place.WINDOW, ("Ctrl+Shift+F2",), "user"),
    Command("lock", N_("&Lock the window"), Place.WINDOW, ("Ctrl+Shift+Q",)),
    Command("find_photo", N_("Find by a &photo of a code …"), Place.WINDOW, ("Ctrl+Shift+F",), "scanner"),
    Command("find_clipboard", N_("Find by the picture on the &clipboard"), Place.WINDOW, ("Ctrl+Shift+V",)),
    Command("scanner", N_("Sc&anner …"), Place.WINDOW, ("Ctrl+Shift+R",)),
    Command("close_tab", N_("Close &tab"), Place.WINDOW, ("Ctrl+W",)),
    Command("quit", N_("&Quit"), Place.WINDOW, ("Ctrl+Q",)),
    Command("navigation", N_("&Navigation"), Place.WINDOW, ("Ctrl+B",), "sidebar"),
    Command("next_tab", N_("Ne&xt tab"), Place.WINDOW, ("Ctrl+PgDown",)),
    Command("previous_tab", N_("&Previous tab"), Place.WINDOW, ("Ctrl+PgUp",)),
    *(Command(f"module_{n}", N_("Open a module"), Place.WINDOW, (key,)) for n, key in enumerate(MODULE_KEYS, 1)),
    Command("theme_system", N_("Theme: as the system"), Place.WINDOW, ("Ctrl+F9",), "theme"),
    Command("theme_light", N_("Theme: light"), Place.WINDOW, ("Ctrl+F10",), "theme"),
    Command("theme_dark", N_("Theme: dark"), Place.WINDOW, ("Ctrl+F11",), "theme"),
    Command("language_zh_CN", N_("Language: Chinese"), Place.WINDOW, ("Ctrl+F7",), "language"),
    Command("language_en", N_("Language: English"), Place.WINDOW, ("Ctrl+F8",), "language"),
    Command("manual", N_("&Manual"), Place.WINDOW, ("F1",), "help"),
    Command("cheat_sheet", N_("&Keyboard shortcuts (F1 twice)"), Place.WINDOW, ("Ctrl+F1",), "help"),
    Command("log", N_("Program lo&g"), Place.WINDOW, ("Ctrl+Shift+L",), "list"),
    Command("logs", N_("Open the &log folder"), Place.WINDOW, ("Ctrl+Shift+F1",), "folder"),
    Command("about", N_("&About Logistics Desktop"), Place.WINDOW, ("Shift+F1",)),
    Command("new", N_("New"), Place.LEDGER, ("Ctrl+N", "Ins"), "add"),
    Command("open", N_("Open"), Place.LEDGER, ("Ctrl+O",), "edit"),
    Command("search", N_("Search"), Place.LEDGER, ("Ctrl+F",), "search"),
    Command("import", N_("Import …"), Place.LEDGER, ("Ctrl+I",), "import"),
    Command("export", N_("Export …"), Place.LEDGER, ("Ctrl+E",), "export"),
    Command("template", N_("Template …"), Place.LEDGER, ("Ctrl+T",), "template"),
    Command("labels", N_("Labels …"), Place.LEDGER, ("Ctrl+L",), "label"),
    Command("print_list", N_("Print …"), Place.LEDGER, ("Ctrl+Shift+P",), "print"),
    Command("print", N_("Print the list, or the record one is in"), Place.LEDGER, ("Ctrl+P",)),
    Command("columns", N_("Columns"), Place.LEDGER, ("Ctrl+Shift+K",), "columns"),
    Command("refresh", N_("Refresh"), Place.LEDGER, ("F5",), "refresh"),
    Command("change_rows", N_("Change rows …"), Place.LEDGER, ("Ctrl+R",), "change"),
    Command("replace", N_("Find and replace …"), Place.LEDGER, ("Ctrl+H",)),
    Command("duplicate", N_("Duplicate"), Place.LEDGER, ("Ctrl+J",)),
    Command("colours", N_("Colours"), Place.LEDGER, ("Ctrl+Shift+Y",), "theme"),
    Command("views", N_("Views"), Place.LEDGER, ("Ctrl+G",), "list"),
    Command("save_view", N_("Save the changes"), Place.LEDGER, ("Ctrl+Shift+S",)),
    Command("save_view_as", N_("Save as …"), Place.LEDGER, ("Ctrl+Shift+A",)),
    Command("rename_view", N_("Rename …"), Place.LEDGER, ("Ctrl+Shift+T",)),
    Command("share_view", N_("Share …"), Place.LEDGER, ("Ctrl+Shift+X",)),
    Command("delete_view", N_("Delete …"), Place.LEDGER, ("Ctrl+Shift+Del",)),
    Command("open_with_view", N_("Always open with this view"), Place.LEDGER, ("Ctrl+Shift+W",)),
    Command("first_view", N_("As at the start"), Place.LEDGER, ("Ctrl+Shift+B",)),
    Command("split", N_("Split into cards …"), Place.ASSETS, ("Ctrl+Shift+D",)),
    Command("merge", N_("Merge cards …"), Place.ASSETS, ("Ctrl+Shift+M",)),
    Command("enter_many", N_("Many cards from one entry …"), Place.ASSETS, ("Ctrl+Shift+N",)),
    Command("give_numbers", N_("Give numbers"), Place.ASSETS, ("Ctrl+Shift+G",)),
    Command("hand_over", N_("Hand-over sheet …"), Place.ASSETS, ("Ctrl+Shift+H",)),
    Command("start_document", N_("Start a document …"), Place.ASSETS, ("Ctrl+Shift+I",), "template"),
    Command("number_rule", N_("Rule for numbers …"), Place.ASSETS, ("Ctrl+Shift+U",)),
    Command("card_steps", N_("Take a step back …"), Place.ASSETS, ("Ctrl+Shift+Z",)),
    Command("editions", N_("Editions …"), Place.CLASSES, ("Ctrl+Shift+E",), "tree"),
    Command("asset_schedule", N_("Depreciation of this asset …"), Place.ASSETS, ("F7",), "depreciation"),
    Command("class_effect", N_("Effect on depreciation …"), Place.CLASSES, ("F7",), "depreciation"),
    Command("run_depreciation", N_("Run depreciation"), Place.DEPRECIATION, ("F9",), "check"),
    Command("undo_run", N_("Take back the run"), Place.DEPRECIATION, ("Shift+F9",), "undo"),
    Command("close_month", N_("Close the month …"), Place.DEPRECIATION, ("F12",), "lock"),
    Command("reopen_month", N_("Reopen …"), Place.DEPRECIATION, ("Shift+F12",), "unlock"),
    Command("tie_out", N_("Tie-out …"), Place.DEPRECIATION, ("F11",), "balance"),
    Command("month_charges", N_("Charges"), Place.DEPRECIATION, ("F6",), "list"),
    Command("doubts", N_("What to look at …"), Place.DEPRECIATION, ("Shift+F6",), "warning"),
    Command("depreciation_sheets", N_("Workbooks …"), Place.DEPRECIATION, ("Ctrl+Shift+E",), "export"),
    Command("reconcile", N_("Compare with a workbook …"), Place.DEPRECIATION, ("Shift+F11",), "search"),
    Command("why", N_("Why is this the figure?"), Place.DEPRECIATION, ("F8",), "help"),
    Command("schedule", N_("Schedule of the asset …"), Place.DEPRECIATION, ("F7",), "depreciation"),
    Command("change_value", N_("Change of value …"), Place.DEPRECIATION, ("Shift+F7",), "change"),
    Command("asset_terms", N_("Terms of the asset …"), Place.DEPRECIATION, ("F3",), "settings"),
    Command("readings", N_("Readings …"), Place.DEPRECIATION, ("Shift+F3",), "edit"),
    Command("new_book", N_("New book …"), Place.DEPRECIATION, ("Ctrl+Shift+N",), "add"),
    Command("edit_books", N_("Books …"), Place.DEPRECIATION, ("Ctrl+Shift+U",), "book"),
    Command("earlier", N_("Earlier"), Place.DEPRECIATION, ("Alt+Left",)),
    Command("later", N_("Later"), Place.DEPRECIATION, ("Alt+Right",)),
    Command("edit_cell", N_("Edit cells"), Place.TABLE, ("F2",), "edit"),
    Command("fill_down", N_("Fill down"), Place.TABLE, ("Ctrl+D",)),
    Command("clear_cells", N_("Clear cells, delete whole rows"), Place.TABLE, ("Del",)),
    Command("delete", N_("Delete"), Place.TABLE, ("Ctrl+Del",), "delete"),
    Command("copy", N_("Copy"), Place.TABLE, ("Ctrl+C",)),
    Command("copy_with_headers", N_("Copy with headers"), Place.TABLE, ("Ctrl+Shift+C",)),
    Command("paste", N_("Paste"), Place.TABLE, ("Ctrl+V",)),
    Command("select_rows", N_("Select whole rows"), Place.TABLE, ("Shift+Space",), by_itself=True),
    Command("select_columns", N_("Select whole columns"), Place.TABLE, ("Ctrl+Space",), by_itself=True),
    Command("sort_up", N_("Sort upwards"), Place.TABLE, ("Alt+Shift+Up",)),
    Command("sort_down", N_("Sort downwards"), Place.TABLE, ("Alt+Shift+Down",)),
    Command("then_sort", N_("Then sort by this"), Place.TABLE, ("Alt+Shift+S",)),
    Command("filter_column", N_("Filter …"), Place.TABLE, ("Alt+Down",), "filter"),
    Command("hide_column", N_("Hide column"), Place.TABLE, ("Ctrl+0",)),
    Command("open_row", N_("Open the record"), Place.TABLE, ("Return",), by_itself=True),
    Command("select_all", N_("Select all rows"), Place.TABLE, ("Ctrl+A",), by_itself=True),
    Command("group", N_("Group by this"), Place.TABLE, ("Alt+Shift+Right",)),
    Command("then_group", N_("Then group by this"), Place.TABLE, ("Alt+Shift+G",)),
    Command("ungroup", N_("Do not group by this"), Place.TABLE, ("Alt+Shift+Left",)),
    Command("open_groups", N_("Open all groups"), Place.TABLE, ("Alt+Shift+O",)),
    Command("close_groups", N_("Close all groups"), Place.TABLE, ("Alt+Shift+C",)),
    Command("pin_column", N_("Pin column on the left"), Place.TABLE, ("Alt+Shift+P",)),
    Command("unpin_column", N_("Unpin column"), Place.TABLE, ("Alt+Shift+U",)),
    Command("cell_down", N_("Save the cell and go down"), Place.CELL, ("Return",), by_itself=True),
    Command("cell_up", N_("Save the cell and go up"), Place.CELL, ("Shift+Return",), by_itself=True),
    Command("cell_right", N_("Save the cell and go right"), Place.CELL, ("Tab",), by_itself=True),
    Command("cell_left", N_("Save the cell and go left"), Place.CELL, ("Shift+Tab",), by_itself=True),
    Command("cell_inside", N_("Put the cursor at the end of the text"), Place.CELL, ("F2",), by_itself=True),
    Command("cell_choose", N_("Show all that can be chosen"), Place.CELL, ("F4", "Alt+Down"), by_itself=True),
    Command("cell_break", N_("Begin a new line in a note"), Place.CELL, ("Alt+Return",), by_itself=True),
    Command("cell_leave", N_("Drop what was typed and leave"), Place.CELL, ("Esc",), by_itself=True),
    Command("save", N_("Save"), Place.RECORD, ("Ctrl+S",)),
    Command("save_and_new", N_("Save and new"), Place.RECORD, ("Ctrl+Return", "Ctrl+Enter")),
    Command("close_record", N_("Close the record"), Place.RECORD, ("Esc",), "close"),
    Command("next_field", N_("Next field"), Place.RECORD, ("Return",), by_itself=True),
    Command("paste_file", N_("Attach what is on the clipboard (under Files)"), Place.RECORD, ("Ctrl+V",)),
    Command("next_record", N_("Next record"), Place.RECORD, ("Alt+PgDown",)),
    Command("previous_record", N_("Previous record"), Place.RECORD, ("Alt+PgUp",)),
    Command("palette_move", N_("To the next line"), Place.PALETTE, ("Down", "Up"), by_itself=True),
    Command("palette_group", N_("To the next group"), Place.PALETTE, ("Tab", "Shift+Tab"), by_itself=True),
    Command("palette_take", N_("Do it, or open it"), Place.PALETTE, ("Return",), by_itself=True),
    Command("palette_leave", N_("Leave"), Place.PALETTE, ("Esc",), by_itself=True),
    Command("preview_print", N_("Print …"), Place.PREVIEW, ("Ctrl+P",), "print"),
    Command("preview_pdf", N_("Save as PDF …"), Place.PREVIEW, ("Ctrl+S",)),
    Command("preview_forward", N_("Next page"), Place.PREVIEW, ("PgDown",)),
    Command("preview_back", N_("Previous page"), Place.PREVIEW, ("PgUp",)),
    Command("design_undo", N_("Undo"), Place.DESIGNER, ("Ctrl+Z",), "undo"),
    Command("design_redo", N_("Redo"), Place.DESIGNER, ("Ctrl+Y",)),
    Command("design_double", N_("Double"), Place.DESIGNER, ("Ctrl+D",)),
    Command("design_front", N_("To the front"), Place.DESIGNER, ("Ctrl+Up",)),
    Command("design_save", N_("Save"), Place.DESIGNER, ("Ctrl+S",)),
    Command("approval_approve", N_("Approve"), Place.APPROVALS, ("Ctrl+Return", "Ctrl+Enter"), "check"),
    Command("approval_resubmit", N_("Submit again"), Place.APPROVALS, ("Ctrl+Shift+Return",), "start"),
    Command("approval_refuse", N_("Refuse"), Place.APPROVALS, ("Ctrl+Del",), "stop"),
    Command("approval_return", N_("Return"), Place.APPROVALS, ("Ctrl+R",), "undo"),
    Command("approval_hand_over", N_("Hand over"), Place.APPROVALS, ("Ctrl+H",), "export"),
    Command("approval_delegate", N_("Delegate"), Place.APPROVALS, ("Ctrl+D",), "user"),
    Command("approval_add_before", N_("Add signers before me"), Place.APPROVALS, ("Ctrl+J",), "add"),
    Command("approval_add_after", N_("Add signers after me"), Place.APPROVALS, ("Ctrl+Shift+J",), "add"),
    Command("approval_take_back", N_("Recall"), Place.APPROVALS, ("Ctrl+T",), "undo"),
    Command("approval_withdraw", N_("Withdraw"), Place.APPROVALS, ("Ctrl+Shift+W",), "undo"),
    Command("approval_urge", N_("Urge"), Place.APPROVALS, ("Ctrl+U",), "warning"),
    Command("approval_comment", N_("Comment"), Place.APPROVALS, ("Ctrl+M",), "edit"),
    Command("approval_copy", N_("Send a copy"), Place.APPROVALS, ("Ctrl+E",), "export"),
    Command("approval_stand_in", N_("Stand-ins …"), Place.APPROVALS, ("Ctrl+I",), "calendar"),
    Command("approval_leaving", N_("Somebody leaves …"), Place.APPROVALS, ("Ctrl+Shift+H",), "staff"),
    Command("approval_next", N_("Next line"), Place.APPROVALS, ("Ctrl+Down",)),
    Command("approval_previous", N_("Previous line"), Place.APPROVALS, ("Ctrl+Up",)),
    Command("approval_box", N_("Next box"), Place.APPROVALS, ("Ctrl+Right",)),
    Command("approval_refresh", N_("Refresh"), Place.APPROVALS, ("F5",), "refresh"),
    Command("route_step", N_("Add a step"), Place.ROUTES, ("Ctrl+N",), "add"),
    Command("route_fork", N_("Add a fork"), Place.ROUTES, ("Ctrl+Shift+N",), "tree"),
    Command("route_branch", N_("Add a branch"), Place.ROUTES, ("Ctrl+J",), "tree"),
    Command("route_copy", N_("Add a copy"), Place.ROUTES, ("Ctrl+E",), "export"),
    Command("route_remove", N_("Remove"), Place.ROUTES, ("Ctrl+Del",), "delete"),
    Command("route_up", N_("Move up"), Place.ROUTES, ("Ctrl+Up",)),
    Command("route_down", N_("Move down"), Place.ROUTES, ("Ctrl+Down",)),
    Command("route_save", N_("Save the draft"), Place.ROUTES, ("Ctrl+S",), "check"),
    Command("route_publish", N_("Publish"), Place.ROUTES, ("Ctrl+Return",), "export"),
    Command("document_new", N_("New document"), Place.DOCUMENTS, ("Ctrl+N",), "add"),
    Command("document_send", N_("Send …"), Place.DOCUMENTS, ("Ctrl+Return", "Ctrl+Enter"), "export"),
    Command("document_print", N_("Print …"), Place.DOCUMENTS, ("Ctrl+P",), "print"),
    Command("document_copy", N_("Copy to a new one"), Place.DOCUMENTS, ("Ctrl+Shift+D",), "list"),
    Command("document_withdraw", N_("Withdraw"), Place.DOCUMENTS, ("Ctrl+Shift+W",), "undo"),
    Command("document_delete", N_("Delete the draft"), Place.DOCUMENTS, ("Ctrl+Del",), "delete"),
    Command("document_layout", N_("Layout on paper …"), Place.DOCUMENTS, ("Ctrl+Shift+Y",), "template"),
    Command("document_loans", N_("Loans …"), Place.DOCUMENTS, ("Ctrl+Shift+B",), "calendar"),
    Command("document_search", N_("Search"), Place.DOCUMENTS, ("Ctrl+F",), "search"),
    Command("document_refresh", N_("Refresh"), Place.DOCUMENTS, ("F5",), "refresh"),
    Command("route_try", N_("Try it"), Place.ROUTES, ("F5",), "search"),
    Command("log_copy", N_("Copy for support"), Place.LOG, ("Ctrl+C",)),
    Command("log_search", N_("Search"), Place.LOG, ("Ctrl+F",), "search"),
    Command("log_close", N_("Close"), Place.LOG, ("Esc",), "close"),
)

BY_KEY = {command.key: command for command in COMMANDS}


def make(key: str, owner: QObject, do: Callable[[], object], text: str = "") -> QAction:
    """The action of a command with its text, icon, keys and tooltip; whoever shows it says where its keys work."""
    command = BY_KEY[key]
    action = QAction(text or _(command.text), owner)
    action.setObjectName(key)
    if command.icon:
        action.setIcon(icon(command.icon))
    action.setShortcuts([QKeySequence(keys) for keys in command.keys])
    action.setToolTip(f"{name(action.text())} ({keys_in_words(command)})")
    action.triggered.connect(lambda _checked=False: do())
    return action


def bind(action: QAction, place: QWidget, *, inside: bool) -> QAction:
    """Have the keys of an action work in a widget, and `inside` it as well."""
    scope = Qt.ShortcutContext
    action.setShortcutContext(scope.WidgetWithChildrenShortcut if inside else scope.WidgetShortcut)
    place.addAction(action)
    return action


def name(text: str) -> str:
    """The text of a menu entry without the sign of its letter."""
    return _MNEMONIC.sub("", text)


def keys_in_words(command: Command) -> str:
    """The keys as they are written on the keyboard of this system."""
    shown = QKeySequence.SequenceFormat.NativeText
    return ", ".join(dict.fromkeys(QKeySequence(keys).toString(shown) for keys in command.keys))


def conflicts(commands: Sequence[Command] = COMMANDS) -> Iterator[tuple[Command, Command]]:
    """Pairs of commands that one key would mean at the same moment."""
    for one, other in combinations(commands, 2):
        near = one.place is other.place or other.place in _WITHIN.get(one.place, ())
        near = near or one.place in _WITHIN.get(other.place, ())
        if near and {QKeySequence(k) for k in one.keys} & {QKeySequence(k) for k in other.keys}:
            yield one, other
