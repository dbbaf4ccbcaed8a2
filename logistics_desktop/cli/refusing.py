"""Commands that scheduled jobs call: what cannot be read after them is refused like what must not be."""

from __future__ import annotations

import argparse
from typing import NoReturn


class RefusingParser(argparse.ArgumentParser):
    """Ends with 1 and one line that begins with the option, so that there is one kind of refusal to look for."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, without the usage, which `--help` shows."""
        self.exit(1, message.removeprefix("argument ") + "\n")
