"""How large a process got: asked in a job's process, so nothing is imported that a job does not need."""

import re
from pathlib import Path


def peak_memory() -> float:
    """Return the most memory that this process has held, in MiB.

    The kernel's count since the program began. `getrusage` counts the parent's memory, too, which a process
    shares for the moment between its making and its beginning.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0
