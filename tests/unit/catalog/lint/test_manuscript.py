"""Where a place of a file stands."""

import pytest

from hygiene.catalog.lint.manuscript import find_line
from hygiene.catalog.tree import parse_tree

TEXT = """\
id: my-list
core:
  two-factor:
    minutes: 3
    steps:
      en:
        - Do it.
        - >-
          Do it
          again.
      fr: [Faire., Refaire.]
checks:

  - id: a
    question: {en: Q, fr: Q}
  - id: b
    question:

      en: Q
      fr: Q
"""


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("", 1),
        ("id", 1),
        ("core", 2),
        ("core.two-factor", 3),
        ("core.two-factor.steps", 5),
        ("core.two-factor.steps.en", 6),
        ("core.two-factor.steps.en[1]", 8),
        ("core.two-factor.steps.fr[1]", 11),
        ("core.two-factor.settings", 3),
        ("checks", 12),
        ("checks[0]", 14),
        ("checks[0].question.fr", 15),
        ("checks[1].question", 17),
        ("checks[1].question.fr", 20),
        ("checks[1].question.de", 17),
        ("checks[1].title.fr", 16),
        ("checks[7].title", 12),
        ("nothing", 1),
    ],
)
def test_the_line_of_a_place(where: str, line: int) -> None:
    """A field stands where its key stands; one that is missing, where it is missed."""
    assert find_line(parse_tree(TEXT.encode(), "f.yaml"), where) == line
