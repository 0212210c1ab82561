"""A notification service that takes its name on the bus and never answers: run as a script."""

from __future__ import annotations

import os
import sys

from jeepney import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

connection = open_dbus_connection(bus="SESSION")
connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.Notifications"))
sys.stdout.write(os.environ["DBUS_SESSION_BUS_ADDRESS"] + "\n")
sys.stdout.flush()
sys.stdin.read()
