"""Mends moto 5.2.1. Python loads a module of this name when the emulator starts."""

import mended_alarms
import mended_groups
import mended_launches
import mended_logs
import mended_objects
import mended_policies
