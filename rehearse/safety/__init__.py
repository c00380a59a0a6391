"""The safety screen: notices when somebody may be in danger, and knows what is said then. It stands outside every role.

It is no diagnosis and no judgement: a finding stops a practice, and the person decides what it was.
"""

from rehearse.safety.finding import Direction, Finding, Kind
from rehearse.safety.screen import Screen, shipped

__all__ = ["Direction", "Finding", "Kind", "Screen", "shipped"]
