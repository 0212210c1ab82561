"""The names that bundled checklists have, or that stand for something else: nobody else's may carry them."""

from __future__ import annotations

from hygiene.model.account import YOU

NO_LISTS = frozenset({"setup", YOU})
"""Not even a bundled checklist: the questions before the first check, and the person."""

RESERVED_LISTS = frozenset(
    [
        "habits",
        "mailbox",
        "work-mailbox",
        "phone",
        "passwords",
        "facebook",
        "instagram",
        "x",
        "linkedin",
        "google",
        "microsoft",
        "apple",
        "tiktok",
        "whatsapp",
        "snapchat",
        "reddit",
        "discord",
        "telegram",
        "signal",
        "mastodon",
        "bluesky",
        "threads",
        "pinterest",
        "github",
        "amazon",
        "paypal",
        "other",
        *NO_LISTS,
    ]
)
