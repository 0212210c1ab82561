"""The words for dates, English and French in one table: what they mean, then every way to say it.

Words are written as `engine.dates` reads them: lower case, no accents, apostrophes and hyphens as spaces. A
meaning is a row of `kind` or `kind=value`; the longest words win, so “sept mois” is seven months and “sept”
alone is September. An empty meaning is left out.
"""

from collections.abc import Mapping

from msgspec import Struct


class Token(Struct, frozen=True):
    """What some words mean: a kind that the grammar knows, and its value."""

    kind: str
    value: float = 0


class Unit(Struct, frozen=True):
    """A unit of time, counted in days or in calendar months.

    Attributes:
        size: how many of them it holds.
        slack: how far off the mark people are when they name it at all, in the same days or months.
        doubt: one more is added for every so many.
        in_months: whether it is counted in calendar months.
    """

    size: int
    slack: int
    doubt: int
    in_months: bool


UNITS: Mapping[int, Unit] = {
    1: Unit(size=1, slack=0, doubt=7, in_months=False),
    2: Unit(size=7, slack=2, doubt=7, in_months=False),
    3: Unit(size=1, slack=0, doubt=12, in_months=True),
    4: Unit(size=12, slack=0, doubt=4, in_months=True),
    5: Unit(size=14, slack=2, doubt=7, in_months=False),
}
DAY, WEEK, MONTH, YEAR, FORTNIGHT = UNITS

_MEANINGS = {
    "month=1": "january|jan|janvier|janv",
    "month=2": "february|feb|fevrier|fevr|fev",
    "month=3": "march|mar|mars",
    "month=4": "april|apr|avril|avr",
    "month=5": "may|mai",
    "month=6": "june|jun|juin",
    "month=7": "july|jul|juillet|juil",
    "month=8": "august|aug|aout",
    "month=9": "september|sept|sep|septembre",
    "month=10": "october|oct|octobre",
    "month=11": "november|nov|novembre",
    "month=12": "december|dec|decembre",
    "season=3": "spring|printemps",
    "season=6": "summer|ete",
    "season=9": "autumn|fall|automne",
    "season=12": "winter|hiver",
    f"unit={DAY}": "day|days|jour|jours",
    f"unit={WEEK}": "week|weeks|wk|wks|semaine|semaines",
    f"unit={MONTH}": "month|months|mo|mos|mois",
    f"unit={YEAR}": "year|years|yr|yrs|an|ans|annee|annees",
    f"unit={FORTNIGHT}": "fortnight|fortnights",
    "part=1": "early|beginning|start|debut|au debut",
    "part=2": "mid|middle|mi|milieu|a la mi|au milieu",
    "part=3": "late|end|fin|a la fin",
    "last": "last",
    "gone": "dernier|derniere|derniers|dernieres|passe|passee",
    "past": "past|the past|the last|in the past|in the last|over the past|over the last|within the past|"
    "within the last|during the past|during the last",
    "this": "this|ce|cet|cette|ces",
    "next": "next|prochain|prochaine",
    "ago": "ago|back|il y a|y a|ya",
    "about": "about|around|approximately|approx|roughly|nearly|almost|circa|or so|more or less|i think|maybe|"
    "perhaps|just over|just under|a little over|a little more than|a bit over|a bit more than|"
    "environ|vers|presque|a peu pres|plus ou moins|je crois|je pense|peut etre|un peu plus de|un peu plus d|"
    "un peu moins de|un peu moins d|~|≈",
    "more": "more than|over|at least|longer than|or more|plus de|plus d|+ de|+ d|au moins|ou plus|>|+",
    "less": "less than|under|within|at most|or less|moins de|moins d|au plus|au maximum|ou moins|<",
    "before": "before|prior to|avant",
    "after": "after|apres",
    "in": "in|dans|from now",
    "on": "on|during|sometime in|over the|en|au|aux|au mois de|au mois d|courant|pendant|durant|au cours",
    "half": "and a half|and half|et demi|et demie",
    "to": "to|or|and|ou|et",
    "": "the|of|le|la|les|l|de|d|du|des|ci|between|entre|the month of|.",
    "back=1": "last year|an dernier|annee derniere|an passe|annee passee",
    "back=0": "this year|cette annee",
    "part=1 back=0": "beginning of the year|start of the year|debut de l annee|debut d annee|"
    "au debut de l annee",
    f"count=0 unit={DAY} ago": "today|now|just now|this morning|aujourd hui|maintenant|ce matin",
    f"count=1 unit={DAY} ago": "yesterday|hier",
    f"count=2 unit={DAY} ago": "the day before yesterday|day before yesterday|avant hier",
    f"in count=1 unit={DAY}": "tomorrow|demain",
    "nth=1": "first|premier",
    "count=0.5": "half|half a|half an|a half|demi|une demi",
    "count=1": "a|one|un|une",
    "count=2": "two|deux",
    "count=3": "three|trois",
    "count=4": "four|quatre",
    "count=5": "five|cinq",
    "count=6": "six",
    "count=8": "eight|huit",
    "count=9": "nine|neuf",
    "count=10": "ten|dix",
    "count=11": "eleven|onze",
    "count=12": "twelve|douze",
    "count=15": "fifteen|quinze",
    "count=17": "seventeen|dix sept",
    "count=18": "eighteen|dix huit",
    "count=20": "twenty|vingt",
    "count=24": "twenty four|vingt quatre",
    "count=30": "thirty|trente",
    "count=7": "seven",
    f"count=7 unit={DAY}": "sept jours",
    f"count=7 unit={WEEK}": "sept semaines",
    f"count=7 unit={MONTH}": "sept mois",
    f"count=7 unit={YEAR}": "sept ans",
    "count=2 to count=3": "a couple|a couple of|couple of",
    "count=2 to count=6": "a few|few|quelques",
    "more count=2": "several|plusieurs",
    f"about count=15 unit={DAY}": "une quinzaine de jours|une quinzaine",
}


def meaning(row: str) -> tuple[Token, ...]:
    """Read a meaning as it is written in the table."""
    cells = (cell.partition("=") for cell in row.split())
    return tuple(Token(kind, float(value or 0)) for kind, _, value in cells)


WORDS: Mapping[str, tuple[Token, ...]] = {
    words: meaning(row) for row, said in _MEANINGS.items() for words in said.split("|")
}
LONGEST = max(len(words.split()) for words in WORDS)
