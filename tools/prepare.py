"""Run several of the product's commands in one process: `python -m tools.prepare "db upgrade" "demo load"`.

The same as `flask --app wsgi …` once for each, but the product is imported once; a start has five seconds.
"""

import sys
from collections.abc import Sequence

from flask.cli import FlaskGroup, ScriptInfo


def main(commands: Sequence[str]) -> None:
    """Run each command; the first that fails ends the process with its exit code."""
    app = ScriptInfo(app_import_path="wsgi").load_app()
    group = FlaskGroup(create_app=lambda: app, add_version_option=False)
    for command in commands:
        group.main(args=command.split(), prog_name="flask", standalone_mode=False)


if __name__ == "__main__":
    main(sys.argv[1:])
