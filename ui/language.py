"""Qt's own words (OK, Cancel, Copy …) in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from logistics_desktop import i18n


def use(app: QApplication, language: str) -> None:
    """Show everything that is made from now on in `language`."""
    i18n.use(language)
    QLocale.setDefault(QLocale(language))
    for former in app.findChildren(QTranslator):
        app.removeTranslator(former)
        former.deleteLater()
    if language == "en":
        return
    words = QTranslator(app)
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
