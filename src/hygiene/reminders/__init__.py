"""Reminders: the due-file, the systems' schedulers, the notification, the calendar file, the shell hook."""
