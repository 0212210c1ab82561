"""A statement of completion, to be handed in by those who choose to: that an audit was finished, and no more.

It holds no checklist, network or figure: even which networks somebody uses can say more of them than an
employer may know, and a score would become a measure. Nobody can demand it, which stands on it too.
"""

from __future__ import annotations

from hygiene.engine.state import Audit
from hygiene.language import _
from hygiene.model.checklist import Trust
from hygiene.reporting.sheet import Group, Row, Sheet
from hygiene.safety.cleaning import clean
from hygiene.spoken_dates import say_date

PUBLISHER = "hygiene"


def statement_of(audit: Audit, language: str) -> Sheet:
    """Return the statement about a finished audit in a language.

    Args:
        audit: the audit; its first portion is finished.
        language: of the dates; messages are in the language in use.
    """
    finished_on = audit.finished_on or audit.started_on
    return Sheet(
        language=language,
        title=_("Statement of completion"),
        day=_("Yearly check-up of one’s own accounts, {year}").format(year=finished_on.year),
        before=(_("I have gone through the yearly check-up of my own accounts, on my own and for myself."),),
        groups=(
            Group(
                "",
                (
                    Row(_("Name, by hand"), "…" * 24),
                    Row(_("Finished on"), say_date(finished_on, language)),
                    Row(_("Release"), _release(audit)),
                ),
            ),
        ),
        after=(
            _("Voluntary; may not be required."),
            _(
                "It is the person’s own word that the questions were gone through."
                " What was asked, answered or found is not in it, and was sent to nobody."
            ),
        ),
    )


def _release(audit: Audit) -> str:
    """Return the release of the lists that come with the program: the newest version that the audit used.

    Lists from elsewhere are not named: who published them may say with whom somebody keeps company.
    """
    versions = [used.version for used in audit.checklists if used.trust == Trust.BUNDLED.value]
    return f"{PUBLISHER} {clean(max(versions))}" if versions else PUBLISHER
