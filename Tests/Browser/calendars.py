"""Reads the calendars of a built site with independent libraries, as the programs of those who subscribe do.

    calendars.py SITE [SITE …]

Every .ics file is parsed by `icalendar`; what comes again is expanded by `recurring_ical_events`, and must give the
times that `api/v1/calendar.json` has. Closes with `N passed, N failed`; exits 1 if anything failed.
"""

import datetime
import json
import pathlib
import sys

import icalendar
import recurring_ical_events

UTC = datetime.timezone.utc


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def start_of(event):
    start = event["DTSTART"].dt
    return start.astimezone(UTC) if isinstance(start, datetime.datetime) else start


def check(site, expect):
    facts = json.loads((site / "api/v1/calendar.json").read_text())
    as_of = moment(json.loads((site / "api/v1/site.json").read_text())["as_of"])
    files = sorted((site / "calendar").glob("*.ics"))
    expect(len(files) >= 4, f"{site}: there are feeds", str(files))
    for file in files:
        calendar = icalendar.Calendar.from_ical(file.read_bytes())
        events = calendar.walk("VEVENT")
        expect(not calendar.errors and not any(event.errors for event in events), f"{file}: parses without errors")
        names = [str(event["UID"]) for event in events]
        expect(len(set(names)) == len(names), f"{file}: every event has a name of its own")
        expect(all(event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt for event in events), f"{file}: stamps agree")

    everything = icalendar.Calendar.from_ical((site / "calendar/all.ics").read_bytes())
    first, last = as_of + datetime.timedelta(days=2), as_of + datetime.timedelta(days=360)
    expanded = recurring_ical_events.of(everything).between(first, last)
    windows = sorted(start_of(event) for event in expanded if str(event["UID"]).startswith("window-"))
    told = sorted(moment(entry["start"]) for entry in facts["entries"] if entry["kind"] == "window")
    told = [start for start in told if first <= start < last]
    windows = [start for start in windows if first <= start < last]
    expect(windows == told, f"{site}: windows come when the site says", f"{len(windows)} and {len(told)}")

    def days(events, kind):
        return sorted(str(start_of(event)) for event in events if str(event["UID"]).startswith(kind))

    ends = days(everything.walk("VEVENT"), "freeze-")
    told = sorted(entry["start"] for entry in facts["entries"] if entry["kind"] == "freeze")
    expect([end[:10] for end in ends] == [day[:10] for day in told], f"{site}: freezes begin when the site says")
    releases = sorted(
        start_of(event).strftime("%Y-%m-%d") for event in everything.walk("VEVENT")
        if str(event["UID"]).startswith("release-"))
    told = sorted(entry["start"][:10] for entry in facts["entries"] if entry["kind"] == "release")
    expect(releases == told, f"{site}: releases are when the site says", f"{len(releases)} and {len(told)}")


def main():
    counts = {True: 0, False: 0}

    def expect(holds, claim, detail=""):
        counts[bool(holds)] += 1
        if not holds:
            print(f"FAILED: {claim}" + (f"\n        {detail}" if detail else ""), flush=True)

    for site in sys.argv[1:]:
        check(pathlib.Path(site), expect)
    print(f"{counts[True]} passed, {counts[False]} failed")
    sys.exit(1 if counts[False] else 0)


main()
