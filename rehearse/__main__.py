"""`python -m rehearse` is the command `rehearse`."""

from rehearse.cli.main import main

main()
