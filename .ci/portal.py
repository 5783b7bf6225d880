#!/usr/bin/python3
"""A settings portal to test against, on the bus of the session: says what it is told to say.

Reads lines from standard input, each a namespace, a key and a number or true or false: the setting changes, and whoever
listens is told. Says "ready" on standard output once it is there. Ends with its input.
"""

import os
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME, PATH, SETTINGS = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"


class Portal(dbus.service.Object):
    settings = {}

    @dbus.service.method(SETTINGS, in_signature="as", out_signature="a{sa{sv}}")
    def ReadAll(self, namespaces):
        told = {name: values for name, values in self.settings.items() if name in namespaces}
        return dbus.Dictionary(told, signature="sa{sv}")

    @dbus.service.signal(SETTINGS, signature="ssv")
    def SettingChanged(self, namespace, key, value):
        pass


def value_of(word):
    return dbus.Boolean(word == "true") if word in ("true", "false") else dbus.UInt32(int(word))


def take(portal, source):
    lines = os.read(source.fileno(), 65536).decode().splitlines()
    if not lines:
        loop.quit()
        return False
    for line in lines:
        namespace, key, word = line.split()
        portal.settings.setdefault(namespace, dbus.Dictionary(signature="sv"))[key] = value_of(word)
        portal.SettingChanged(namespace, key, value_of(word))
    return True


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName(NAME, bus)
portal = Portal(bus, PATH)
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, lambda source, _: take(portal, source))
print("ready", flush=True)
loop.run()
