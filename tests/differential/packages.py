"""One random package for each number."""

from pathlib import Path
from typing import NamedTuple

from tests.dice import Dice
from tests.differential.faults import spoil_file, spoil_rows, spoil_scheme, spoil_weights, take_liberties
from tests.differential.rows import make_tables, written
from tests.differential.schemes import make_scheme


class RandomPackage(NamedTuple):
    """The files of a package and the sort of mistake that was put into it ("" where there is none)."""

    files: dict[str, bytes]
    fault: str

    def write(self, folder: Path) -> Path:
        """Write the files into a new folder."""
        folder.mkdir()
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        return folder


def make_package(seed: int) -> RandomPackage:
    """Make the package of this number."""
    dice = Dice(seed)
    scheme = make_scheme(dice)
    tables = make_tables(dice, scheme)
    fault = dice.pick([""] * 14 + ["rows"] * 4 + ["scheme", "weights", "file"])
    if fault == "rows":
        spoil_rows(dice, scheme, tables)
    elif fault == "scheme":
        spoil_scheme(dice, scheme)
    elif fault == "weights":
        spoil_weights(scheme)
    files = {name: text.encode() for name, text in written(scheme, tables).items()}
    if fault == "file":
        spoil_file(dice, files)
    else:
        take_liberties(dice, files)
    return RandomPackage(files, fault)
