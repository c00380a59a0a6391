"""Reading a file that came from somebody: bounded, and with the reason where it is not taken."""

from pathlib import Path

from rehearse.errors import Refused


def content_of(path: Path, most: int) -> bytes:
    """Everything in the file at `path`, at most so many bytes.

    Raises:
        Refused: there is none, it cannot be read, or it is larger.
    """
    try:
        if not path.is_file():
            raise Refused(f"there is no file {path.name!r}; check the path")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise Refused(f"{path.name!r} cannot be read ({error.strerror}); check its permissions") from None
    if len(content) > most:
        raise Refused(f"{path.name!r} is larger than {most // 1024**2} MiB, and so none of this program's; check it")
    return content
