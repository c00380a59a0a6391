"""The tests."""

import os

from rehearse.__main__ import ONE_THREAD

os.environ.update(ONE_THREAD)  # before NumPy is imported
