"""The scenarios of the library, loaded once for all tests."""

from rehearse.scenarios import loader

LIBRARY = {name: loader.load(path) for name, path in loader.library().items()}
