"""How far the work on an uploaded list has come, for whoever waits for it: a small file beside the upload.

Told by the request that works and read by others of the same person; numbers alone, nothing of the list.
"""

import contextlib
import json
from typing import Any

from competitions.entries.reading import Progress
from competitions.lists.uploads import PROGRESS, Place

# The parts of the way in hundredths: where each stage begins, and how much of the way it is.
STAGES = {"read": (0, 60), "check": (60, 35), "write": (95, 5)}


def teller(place: Place) -> Progress:
    """Return what writes down how far the work has come; a full disk must not stop the work."""
    path = place.path(PROGRESS)

    def tell(stage: str, done: int, total: int) -> None:
        begins, share = STAGES[stage]
        percent = begins + (share * min(done, total) // total if total else 0)
        if path is not None:
            with contextlib.suppress(OSError):
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                told = {"for": place.binding(PROGRESS), "stage": stage, "percent": percent}
                path.write_text(json.dumps(told))

    return tell


def how_far(place: Place) -> dict[str, Any]:
    """Return the stage and the hundredths of the way; nothing yet where nobody has told anything."""
    path = place.path(PROGRESS)
    with contextlib.suppress(OSError, ValueError):
        told = json.loads(path.read_text()) if path is not None else {}
        if told.get("for") == place.binding(PROGRESS):
            return {"stage": told["stage"], "percent": told["percent"]}
    return {"stage": "", "percent": 0}
