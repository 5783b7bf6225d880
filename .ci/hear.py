#!/usr/bin/python3
"""Hears what a screen reader hears of Pressmark, over the accessibility bus of the session.

  hear.py events     prints each event as it comes, one a line: its type, the role and the name of what it is about, and
                     what it says
  hear.py tree       prints everything there is, one a line, deeper things further to the right: role, name, states
"""

import sys

import pyatspi
from gi.repository import Gio, GLib

APPLICATION = "pressmark"
EVENTS = [
    "object:announcement",
    "object:state-changed:focused",
    "object:active-descendant-changed",
    "window:activate",
]
STATES = [pyatspi.STATE_ACTIVE, pyatspi.STATE_FOCUSED, pyatspi.STATE_SELECTED, pyatspi.STATE_MODAL, pyatspi.STATE_CHECKED]


def words(text):
    return " ".join(str(text).split())


def print_event(event):
    try:
        source, application = event.source, event.host_application
        if application is None or words(application.name).lower() != APPLICATION:
            return
        said = event.any_data if isinstance(event.any_data, str) else ""
        about = f"{source.getRoleName()} “{words(source.name)}”"
    except Exception as why:  # What is gone by now has nothing to say.
        about, said = f"gone ({why})", ""
    print(f"{event.type} {event.detail1} | {about} | {words(said)}", flush=True)


def print_tree(node, depth=0):
    states = node.getState()
    named = [pyatspi.stateToString(state) for state in STATES if states.contains(state)]
    attributes = [a for a in node.getAttributes() if a.startswith(("posinset", "setsize", "level"))]
    print("  " * depth + f"{node.getRoleName()} “{words(node.name)}” {' '.join(named + attributes)}".rstrip())
    for child in node:
        if child is not None:
            print_tree(child, depth + 1)


def switch_on():
    """Says on the bus of the session that a screen reader is there, so that programs tell it what they show."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    value = GLib.Variant("(ssv)", ("org.a11y.Status", "ScreenReaderEnabled", GLib.Variant("b", True)))
    where = ("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set")
    bus.call_sync(*where, value, None, Gio.DBusCallFlags.NONE, -1)


def hear():
    switch_on()
    for event in EVENTS:
        pyatspi.Registry.registerEventListener(print_event, event)
    print("ready", flush=True)
    pyatspi.Registry.start()


def show():
    applications = [a for a in pyatspi.Registry.getDesktop(0) if a is not None]
    for application in applications:
        if words(application.name).lower() == APPLICATION:
            print_tree(application)


if sys.argv[1:] == ["events"]:
    hear()
elif sys.argv[1:] == ["tree"]:
    show()
else:
    sys.exit(__doc__)
