"""Who decided what: the layers of the policy in words, so that nobody changes anything unseen."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from hygiene.language import N_, _
from hygiene.model.checklist import Catalogue
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.reporting.check_words import service_of
from hygiene.reporting.words import Words, say_level, say_months
from hygiene.safety.cleaning import clean

_HEADS = {
    Layer.DEFAULT: N_("As hygiene comes:"),
    Layer.ORGANISATION: N_("Set by {name}:"),
    Layer.PERSON: N_("Chosen by you:"),
}


def who_set_what(policy: Policy, catalogue: Catalogue, language: str) -> tuple[str, ...]:
    """Return who decided what, line by line; a layer that says nothing is left out.

    Args:
        policy: the layers in force.
        catalogue: says what the checks are called.
        language: of their titles; messages are in the language in use.
    """
    writer = _Writer(policy, catalogue, language)
    parts = [(rules, tuple(writer.clauses(rules))) for rules in policy.layers]
    lines = [line for rules, clauses in parts if clauses for line in (_head(rules), *clauses)]
    if any(clauses and rules.layer is Layer.ORGANISATION for rules, clauses in parts):
        lines.append(
            _(
                "You can choose your own periods with `hygiene settings password-months` and"
                " `hygiene settings audit-months`; nobody is told."
            )
        )
    return tuple(lines)


def _head(rules: Rules) -> str:
    return _(_HEADS[rules.layer]).format(name=clean(rules.set_by))


class _Writer(Struct, frozen=True):
    policy: Policy
    catalogue: Catalogue
    language: str

    def clauses(self, rules: Rules) -> Iterator[str]:
        """Yield what one layer says, each with a dash before it."""
        if rules.password_months is not None:
            yield self._clause(_password(rules.password_months), rules, self.policy.password_months.rules)
        if rules.audit_months is not None:
            words = _("between two audits: {time}").format(time=say_months(rules.audit_months))
            yield self._clause(words, rules, self.policy.audit_months.rules)
        for check_id, severity in sorted(rules.severities.items()):
            words = _("{check}: {level}").format(check=self._name(check_id), level=say_level(severity))
            yield self._clause(words, rules, self._weighing(check_id))
        for check_id in sorted(rules.dropped):
            yield self._clause(_("left out: {check}").format(check=self._name(check_id)), rules, rules)

    def _clause(self, words: str, rules: Rules, decided: Rules) -> str:
        if rules is not decided:
            form = (
                _("{words} (not in force: you chose otherwise)")
                if decided.layer is Layer.PERSON
                else _("{words} (not in force: {name} says otherwise)")
            )
            words = form.format(words=words, name=clean(decided.set_by))
        return f"- {words}"

    def _weighing(self, check_id: str) -> Rules:
        return next(rules for rules in reversed(self.policy.layers) if check_id in rules.severities)

    def _name(self, check_id: str) -> str:
        """Return a check's title and id; the id alone where this computer has no such check."""
        check = self.catalogue.check(check_id)
        checklist = self.catalogue.checklists.get(check_id.partition(".")[0])
        if check is None or checklist is None:
            return f"[{check_id}]"
        title = check.title.filled("network", service_of(checklist, self.catalogue))
        spoken = title.language_for(self.language)
        words = Words(clean(title.to(self.language)), None if spoken == self.language else spoken)
        return _("“{title}” [{id}]").format(title=words, id=check_id)


def _password(months: int) -> str:
    if not months:
        return _("no reminder to change passwords")
    return _("a reminder to change a password after {time}").format(time=say_months(months))
