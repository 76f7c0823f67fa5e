"""The launcher as a process of its own, for `opsplane up --detach`."""

import argparse
import sys

from rich.console import Console

from opsplane_local.launcher.detached import TAKEN_EXIT_CODE
from opsplane_local.launcher.errors import AlreadyRunning, LauncherError
from opsplane_local.launcher.progress import PlainProgress
from opsplane_local.launcher.settings import DEFAULT_PORT, platform_from
from opsplane_local.launcher.supervisor import run


def main(arguments: list[str] | None = None) -> int:
    """Run the platform that `OPSPLANE_HOME` names until a signal comes. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m opsplane_local.launcher")
    parser.add_argument("--run-id", required=True)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--no-base", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    options = parser.parse_args(arguments)
    progress = PlainProgress(Console(width=110, highlight=False), stays=False)
    try:
        platform = platform_from(port=options.port, with_base=not options.no_base, fresh=options.fresh)
        return run(platform, progress.show, progress.tell, options.run_id)
    except AlreadyRunning as error:
        sys.stderr.write(f"{error.message}\n")
        return TAKEN_EXIT_CODE
    except LauncherError as error:
        sys.stderr.write(f"{error.message} {error.advice}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
