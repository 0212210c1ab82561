"""The plan of somebody who leaves a job for scripts: `hygiene.leaving/1`, ids in place of words."""

from __future__ import annotations

from hygiene.engine.leaving import Leaving, Task
from hygiene.reporting.json_form import Json


def leaving_json(plan: Leaving) -> Json:
    """Return `hygiene.leaving/1`: the tasks by stretch of time, and the findings never asked about."""
    return {
        "schema": "hygiene.leaving/1",
        "last_day": plan.last_day.isoformat(),
        "tied": plan.is_tied,
        "phases": [
            {
                "when": phase.stretch.value,
                "by": phase.by.isoformat(),
                "late": phase.is_late,
                "tasks": [_task(task) for task in phase.tasks],
            }
            for phase in plan.phases
        ],
        "not_checked": [each.id for each in plan.unasked],
    }


def _task(task: Task) -> Json:
    return {
        "deed": task.deed.value,
        "severity": task.severity.word,
        "known": task.is_known,
        "accounts": [account.id for account in task.accounts],
        "checks": [each.id for each in task.results],
    }
