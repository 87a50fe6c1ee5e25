"""What the standard library raises while it reads an archive that is damaged or means harm."""

import zipfile
import zlib

# NotImplementedError: a way of packing that zipfile does not know; RuntimeError: a locked part; LookupError:
# a part that the list names and the archive does not have, or an encoding that there is not.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
    LookupError,
)  # fmt: skip
