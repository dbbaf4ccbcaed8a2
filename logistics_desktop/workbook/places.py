"""Columns by letter and by index."""

from __future__ import annotations

from functools import cache


@cache
def column_letter(index: int) -> str:
    """The letters of the column with this index from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_index(letters: str) -> int:
    """The index from 0 of a column named by letters. Raises ValueError for what is no column name."""
    index = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        index = index * 26 + ord(letter) - 64
    return index - 1


def place_of(row: int, column: int) -> str:
    """A cell's name as the spreadsheet program shows it, from indexes that count from 0."""
    return f"{column_letter(column)}{row + 1}"
