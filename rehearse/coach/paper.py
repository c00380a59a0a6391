"""What is shared as one page that prints, for those who rather hand over paper. It loads nothing from anywhere."""

from collections.abc import Iterable
from html import escape

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Practice, for my coach</title>
<style>
body {{ font: 12pt/1.5 Georgia, serif; max-width: 42em; margin: 2em auto; padding: 0 1em; color: #111 }}
p {{ margin: 0; padding-left: 2em; text-indent: -2em; overflow-wrap: anywhere; white-space: pre-wrap }}
@media print {{ body {{ margin: 0 }} @page {{ margin: 2cm }} }}
</style>
</head>
<body>
<h1>Practice, for my coach</h1>
{lines}
</body>
</html>
"""


def page_of(lines: Iterable[str]) -> str:
    """The page with these lines."""
    return _PAGE.format(lines="\n".join(map(_paragraph, lines)))


def _paragraph(line: str) -> str:
    text = line.lstrip(" ")
    depth = (len(line) - len(text)) / 2
    return f'<p style="margin-left: {depth:g}em">{escape(text)}</p>'
