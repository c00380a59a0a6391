"""The command `rehearse`, and `python -m rehearse`.

Everything is imported inside, so that Ctrl-C ends the program quietly from its first moment on.
"""

import os
import signal
import sys

INTERRUPTED_STATUS = 130
"""What a shell expects of a program that was ended by Ctrl-C."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""NumPy's sums are small here: a second thread adds little to them, and where the other core is busy, with Whisper or
anything else, it is waited for at each (a reply coded in 26 ms instead of 136, `benchmarks/README.md`)."""


def main() -> None:
    """Run the command line. A closed window or a polite `kill` is an interruption like Ctrl-C.

    What it writes, and what the programs that it starts write, is for its owner alone.
    """
    os.umask(0o077)
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    try:
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.default_int_handler)
        from rehearse import crash

        crash.guard()
        try:
            from rehearse.cli.main import run

            run()
        except Exception as fault:
            if sys.flags.dev_mode:
                raise
            crash.report(fault)
            sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED_STATUS)


if __name__ == "__main__":
    main()
