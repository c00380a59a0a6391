"""What every part of a scenario file is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from rehearse.feedback.codes import Axis, Code

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
Move = Code | Axis
"""A code, or an axis, which stands for any of its codes."""


class Part(BaseModel):
    """A mapping of the file: nothing in it is changed once it is read, and no key is passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid")
