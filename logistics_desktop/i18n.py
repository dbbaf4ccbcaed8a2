"""The language of the program: English message ids, gettext catalogues, one language at a time.

`N_` marks a message where it is defined (a label in a table of fields), `_` translates it where it
is shown. Parameters fill `{names}` in the translated text, so that word order is the translator's.
"""

from __future__ import annotations

import gettext
import locale
import os
from functools import cache

from logistics_desktop.paths import RESOURCES

LANGUAGES = {"zh_CN": "简体中文", "en": "English"}


class _Chosen:
    """The language in force; the one piece of state that everything which shows text shares."""

    language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", RESOURCES / "locale", languages=[language], fallback=language == "en")


def use(language: str) -> None:
    """Show everything from now on in `language`, one of `LANGUAGES`."""
    _Chosen.catalogue = _catalogue(language)
    _Chosen.language = language


def language() -> str:
    """The language in force, `zh_CN` or `en`."""
    return _Chosen.language


def system_language() -> str:
    """The language of the user's system, where we have it; English elsewhere."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    return "zh_CN" if first.startswith(("zh", "Chinese")) else "en"


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name for "mark, do not translate yet"
    """Mark `msgid` for the catalogue and return it unchanged."""
    return msgid


def translate(msgid: str, **params: object) -> str:
    """Give `msgid` in the language in force with its `{names}` filled."""
    text = _Chosen.catalogue.gettext(msgid) if msgid else ""
    return text.format(**params) if params else text


_ = translate


def in_every_language(msgid: str) -> tuple[str, ...]:
    """Give `msgid` as each language says it: what a file that was written in any of them may hold."""
    return tuple(_catalogue(language).gettext(msgid) for language in LANGUAGES)
