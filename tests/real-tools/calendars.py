"""Whether a calendar holds what the JSON of the same run holds: calendars.py KEY FILE.json FILE.ics."""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

from icalendar import Calendar

key, stated, read = sys.argv[1:]
rows = json.loads(Path(stated).read_text())[key]
calendar = Calendar.from_ical(Path(read).read_bytes())
assert calendar["VERSION"] == "2.0" and calendar["PRODID"].startswith("-//soclint//")
events = calendar.walk("VEVENT")
wrong = [event.errors for event in events if event.errors]
assert not wrong, wrong
names = {event["UID"] for event in events}
assert len(names) == len(events), "two events have one name"


def days(row):
    first = row.get("day") or row.get("from") or row["to"]
    last = first if key == "findings" else row.get("day") or row.get("to") or first
    return date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1)


def said(row):
    return row.get("subject") or row["step"]


expected = sorted(days(row) for row in rows)
assert expected == sorted((event["DTSTART"].dt, event["DTEND"].dt) for event in events), read
for event in events:
    # Each is of one thing, named as it is, whatever it is made of.
    assert event["DTSTAMP"].dt.isoformat().endswith("00:00:00+00:00")
    assert event["TRANSP"] == "TRANSPARENT"
shown = "\n".join(str(event["SUMMARY"]) for event in events)
for row in rows:
    # What moves the cursor or the line is written out.
    name = "".join(c if c.isprintable() else {"\n": "\\n", "\r": "\\r"}[c] for c in said(row))
    assert name in shown, (name, shown)
print(f"{len(events)} events")
