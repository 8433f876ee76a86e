"""The entry of every make target: ``python3 scripts/dev.py <command>``."""

# This file must parse on any Python 3, so that an old one gets a sentence and not a SyntaxError.
# Everything that needs a newer Python is imported after the check.
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the point of this file
    sys.stderr.write(
        f"Python 3.11 or newer is needed, this is {sys.version_info[0]}.{sys.version_info[1]}. "
        "Name a newer one like this: make run PYTHON=python3.13\n"
    )
    sys.exit(2)

import commands

if __name__ == "__main__":
    sys.exit(commands.main(sys.argv[1:]))
