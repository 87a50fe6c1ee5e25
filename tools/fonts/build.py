"""Make the committed font subsets again: `python -m tools.fonts.build [FOLDER]`.

Needs npm, pip and fontTools (requirements-dev.in). Every source is pinned by version and SHA-256; the same
sources give the same bytes, written down in SHA256SUMS beside the fonts.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset

from tools.fonts import characters

FOLDER = Path(__file__).resolve().parents[2] / "reports" / "documents" / "fonts"
SERIF = "expo-google-fonts-noto-serif-sc-0.4.3.tgz"
SANS = "expo-google-fonts-noto-sans-sc-0.4.3.tgz"
BRUSH = "expo-google-fonts-ma-shan-zheng-0.4.3.tgz"
LETTERS = "expo-google-fonts-noto-serif-0.4.2.tgz"
SANS_LETTERS = "expo-google-fonts-noto-sans-0.4.2.tgz"
YI = "expo-google-fonts-noto-sans-yi-0.4.2.tgz"
LISTS = "pypinyin_dict-0.9.0-py2.py3-none-any.whl"
SOURCES = {
    SERIF: "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
    SANS: "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    BRUSH: "9befb7ac1ef0b08c17d8e1ea322a426833e91886f30dc3fb9f993676a8ef7ac3",
    LETTERS: "78810a8143112a326def7ec976601ecb9855a9e79082c727246beec4f0531d0c",
    SANS_LETTERS: "98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548",
    YI: "d19e57b5f051fe340c058c5f8f893563761a27327f1fbfee294472e61ed4c54e",
    LISTS: "10cfbe40af87d704b867533177be8cd72837da9e224755dd275798e88097067a",
}
FETCH = (
    ("npm", "pack", "--silent", "@expo-google-fonts/noto-serif-sc@0.4.3"),
    ("npm", "pack", "--silent", "@expo-google-fonts/noto-sans-sc@0.4.3"),
    ("npm", "pack", "--silent", "@expo-google-fonts/ma-shan-zheng@0.4.3"),
    ("npm", "pack", "--silent", "@expo-google-fonts/noto-serif@0.4.2"),
    ("npm", "pack", "--silent", "@expo-google-fonts/noto-sans@0.4.2"),
    ("npm", "pack", "--silent", "@expo-google-fonts/noto-sans-yi@0.4.2"),
    (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "pypinyin-dict==0.9.0"),
)
COMMON, ALL_HAN, STANDARD = "GB 2312 level 1", "every han character of the font", "8,105"
OTHER_LETTERS, YI_LETTERS = "no han: letters of further names", "no han: Yi"


@dataclass(frozen=True)
class Face:
    """One committed file: where it comes from and which characters it keeps."""

    name: str
    archive: str
    member: str
    kept: str


FACES = (
    Face("NotoSerifSC-Regular.ttf", SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf", ALL_HAN),
    Face("NotoSerifSC-Bold.ttf", SERIF, "package/700Bold/NotoSerifSC_700Bold.ttf", STANDARD),
    Face("NotoSansSC-Regular.ttf", SANS, "package/400Regular/NotoSansSC_400Regular.ttf", STANDARD),
    Face("NotoSansSC-Medium.ttf", SANS, "package/500Medium/NotoSansSC_500Medium.ttf", COMMON),
    Face("MaShanZheng-Regular.ttf", BRUSH, "package/400Regular/MaShanZheng_400Regular.ttf", COMMON),
    Face("NotoSerif-Regular.ttf", LETTERS, "package/400Regular/NotoSerif_400Regular.ttf", OTHER_LETTERS),
    Face("NotoSerif-Bold.ttf", LETTERS, "package/700Bold/NotoSerif_700Bold.ttf", OTHER_LETTERS),
    Face("NotoSans-Regular.ttf", SANS_LETTERS, "package/400Regular/NotoSans_400Regular.ttf", OTHER_LETTERS),
    Face("NotoSansYi-Regular.ttf", YI, "package/400Regular/NotoSansYi_400Regular.ttf", YI_LETTERS),
)
FAMILIES = (
    ("Noto Serif SC", SERIF), ("Noto Sans SC", SANS), ("Ma Shan Zheng", BRUSH),
    ("Noto Serif", LETTERS), ("Noto Sans", SANS_LETTERS), ("Noto Sans Yi", YI),
)  # fmt: skip


def main(folder: Path = FOLDER) -> int:
    """Fetch, verify, subset, and write the sums."""
    with tempfile.TemporaryDirectory() as name:
        sources = Path(name)
        for command in FETCH:
            subprocess.run(command, cwd=sources, check=True)  # noqa: S603 - the commands above, no user input
        verify(sources)
        standard = read_standard(sources / LISTS)
        for face in FACES:
            build(face, sources, folder, wanted(face, standard))
        write_licence(sources, folder)
    lines = [f"{sha256(folder / face.name)}  {face.name}\n" for face in FACES]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="ascii")
    sys.stdout.write("".join(lines))
    return 0


def verify(sources: Path) -> None:
    """Refuse a source whose bytes are not the pinned ones."""
    for name, expected in SOURCES.items():
        if sha256(sources / name) != expected:
            raise SystemExit(f"{name} is not the file that was pinned")


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_standard(wheel: Path) -> set[int]:
    """Read the 8,105 characters out of the wheel without importing it."""
    with zipfile.ZipFile(wheel) as archive:
        module = archive.read("pypinyin_dict/pinyin_data/ktghz2013.py").decode("utf-8")
    return characters.standard_8105(module)


def wanted(face: Face, standard: set[int]) -> set[int]:
    """Return the code points that a face keeps."""
    signs = characters.expand(characters.SIGNS)
    return {
        ALL_HAN: characters.expand(characters.HAN_BLOCKS) | signs,
        STANDARD: standard | signs,
        COMMON: characters.gb2312_level_1() | signs,
        OTHER_LETTERS: characters.expand(characters.LETTERS),
        YI_LETTERS: characters.expand(characters.YI),
    }[face.kept]


def build(face: Face, sources: Path, folder: Path, codes: set[int]) -> None:
    """Write one subset: TrueType outlines and widths, no hinting, no layout tables."""
    options = subset.Options(
        hinting=False, glyph_names=False, legacy_kern=False, notdef_outline=True, recalc_timestamp=False
    )
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # copyright, names, version, licence
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "DSIG", "gasp"]
    with tarfile.open(sources / face.archive) as archive:
        archive.extract(face.member, sources, filter="data")
    font = subset.load_font(sources / face.member, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    subset.save_font(font, folder / face.name, options)


def write_licence(sources: Path, folder: Path) -> None:
    """Put the licence text of each family beside the fonts."""
    parts = []
    for family, archive_name in FAMILIES:
        with tarfile.open(sources / archive_name) as archive:
            member = archive.extractfile("package/LICENSE_FONT")
            if member is None:
                raise SystemExit(f"{archive_name} holds no licence")
            parts.append(f"==== {family} ====\n\n{member.read().decode('utf-8').strip()}\n")
    (folder / "OFL.txt").write_text("\n\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
