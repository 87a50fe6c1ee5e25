"""The gallery of components served on loopback under the product's security policy."""

import functools
import http.server
import threading
from collections.abc import Iterator

import pytest

from core.web import POLICY
from tools import gallery


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serves files with the policy that the product sends."""

    def end_headers(self) -> None:
        """Add the policy."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing."""


@pytest.fixture(scope="session")
def gallery_folder(tmp_path_factory: pytest.TempPathFactory):
    """Render the gallery once."""
    folder = tmp_path_factory.mktemp("gallery") / "pages"
    gallery.render_all(folder)
    return folder


@pytest.fixture(scope="session")
def gallery_address(gallery_folder) -> Iterator[str]:
    """Serve the gallery on a free port of this machine."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Pages, directory=str(gallery_folder))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
