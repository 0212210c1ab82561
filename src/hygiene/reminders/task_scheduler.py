"""The Task Scheduler of Windows: a task without special rights, that runs late rather than never."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from msgspec import Struct

from hygiene.reminders.running import Runner
from hygiene.reminders.scheduling import (
    DESCRIPTION,
    MARK,
    NAME,
    Delete,
    Found,
    Job,
    Run,
    Step,
    Write,
    marks_of,
)

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_FIRST_MONDAY = "2026-01-05T09:30:00"
_SETTINGS: Mapping[str, str] = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "StartWhenAvailable": "true",
    "ExecutionTimeLimit": "PT5M",
}


class TaskScheduler(Struct, frozen=True):
    """One task, and the file that it was made from.

    Attributes:
        folder: the folder of the store, where that file is kept.
    """

    folder: Path
    run: Runner

    @property
    def name(self) -> str:
        """What it is called."""
        return "Task Scheduler"

    @property
    def _path(self) -> Path:
        return self.folder / f"{NAME}.xml"

    def is_there(self) -> bool:
        """Return whether the scheduler answers."""
        return self.run(("schtasks", "/query", "/fo", "list"), "").code == 0

    def found(self) -> Found:
        """Return whether there is a task of our name, and ours by its description."""
        asked = self.run(("schtasks", "/query", "/tn", NAME, "/xml"), "")
        if asked.code:
            return Found.NOTHING if marks_of((self._path,)) is Found.NOTHING else Found.OURS
        # schtasks may write UTF-16, of which each second byte is a zero here.
        return Found.OURS if MARK in asked.out.replace("\x00", "") else Found.ANOTHER_HANDS

    def installation(self, job: Job) -> tuple[Step, ...]:
        """Return what writes the task and registers it, in the place of an older one."""
        return (
            Write(self._path, task(job), "utf-16"),
            Run(("schtasks", "/create", "/tn", NAME, "/xml", str(self._path), "/f")),
        )

    def removal(self) -> tuple[Step, ...]:
        """Return what deletes the task and its file."""
        return (Run(("schtasks", "/delete", "/tn", NAME, "/f"), may_fail=True), Delete(self._path))

    def next_on(self) -> date | None:
        """Unknown: the Task Scheduler tells it in the words of the system's language."""
        return None


def task(job: Job) -> str:
    """Return the task's definition, elements in the order of Microsoft's schema (MS-TSCH, 2.5)."""
    root = ET.Element("Task", {"version": "1.2", "xmlns": NAMESPACE})
    ET.SubElement(ET.SubElement(root, "RegistrationInfo"), "Description").text = f"{DESCRIPTION}. {MARK}"
    trigger = ET.SubElement(ET.SubElement(root, "Triggers"), "CalendarTrigger")
    ET.SubElement(trigger, "StartBoundary").text = _FIRST_MONDAY
    ET.SubElement(trigger, "RandomDelay").text = "PT30M"
    week = ET.SubElement(trigger, "ScheduleByWeek")
    ET.SubElement(week, "WeeksInterval").text = "1"
    ET.SubElement(ET.SubElement(week, "DaysOfWeek"), "Monday")
    principal = ET.SubElement(ET.SubElement(root, "Principals"), "Principal", {"id": "Author"})
    ET.SubElement(principal, "LogonType").text = "InteractiveToken"
    ET.SubElement(principal, "RunLevel").text = "LeastPrivilege"
    settings = ET.SubElement(root, "Settings")
    for name, value in _SETTINGS.items():
        ET.SubElement(settings, name).text = value
    program, *arguments = job.words
    action = ET.SubElement(ET.SubElement(root, "Actions", {"Context": "Author"}), "Exec")
    ET.SubElement(action, "Command").text = program
    ET.SubElement(action, "Arguments").text = subprocess.list2cmdline(arguments)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{ET.tostring(root, "unicode")}\n'
