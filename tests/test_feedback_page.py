"""The page that says how far the feedback can be trusted is the one that was measured."""

from typer.testing import CliRunner

from benchmarks.feedback_page import PAGE, PLOT, page, plot
from rehearse.cli.main import app
from rehearse.feedback.codes import Code
from rehearse.feedback.reliability import measured


def test_the_page_is_made_from_the_figures_that_ship() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(measured())
    assert PLOT.read_text(encoding="utf-8") == plot(measured()["reliability"])


def test_it_has_every_code_and_what_it_must_not_be_used_for() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"| `{code}` |" in text for code in Code)
    assert "must not be used for" in text


def test_the_short_form_is_printed() -> None:
    done = CliRunner().invoke(app, ["feedback", "--reliability"])
    assert done.exit_code == 0
    assert f"{measured()['written']['axis_kappa']:.2f}" in done.stdout
    assert "asked for more" in done.stdout
