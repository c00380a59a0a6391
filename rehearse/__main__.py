"""The command `rehearse`, and `python -m rehearse`.

Everything is imported inside, so that Ctrl-C ends the program quietly from its first moment on.
"""

import signal
import sys

INTERRUPTED_STATUS = 130
"""What a shell expects of a program that was ended by Ctrl-C."""


def main() -> None:
    """Run the command line. A closed window or a polite `kill` is an interruption like Ctrl-C."""
    try:
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.default_int_handler)
        from rehearse.cli.main import run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED_STATUS)


if __name__ == "__main__":
    main()
