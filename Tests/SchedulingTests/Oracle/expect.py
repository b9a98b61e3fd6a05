#!/usr/bin/env python3
"""Makes rules of recurrence from a seed, and says with python-dateutil when they come: the table beside this file.

    python3 -m pip install python-dateutil && python3 expect.py > occurrences.tsv

A line is: zone, start, rule, how many times there are in 2,200 days, the first and the last of them in UTC, and a digest
(FNV-1a, 64 bits) of all. Rules about which RFC 5545 or dateutil itself is unclear are left out:
weekdays with and without an ordinal in one rule, and positions in a week that begins before the start.
"""
import datetime as dt
import random
import sys
import types

from dateutil import rrule, tz

ZONES = ["UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo",
         "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney", "Australia/Lord_Howe"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
UTC = dt.timezone.utc


def some(rng, values, most):
    return rng.sample(values, rng.randint(1, min(most, len(values))))


def rule_for(rng, start):
    frequency = rng.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "MONTHLY", "YEARLY", "YEARLY"])
    parts = [("FREQ", frequency)]
    if rng.random() < 0.5:
        parts.append(("INTERVAL", rng.randint(1, 6)))
    choosable = False
    if rng.random() < (0.3 if frequency != "YEARLY" else 0.6):
        parts.append(("BYMONTH", ",".join(str(m) for m in sorted(some(rng, range(1, 13), 4)))))
        choosable = True
    kind = rng.random()
    if frequency != "WEEKLY" and kind < 0.35:
        days = some(rng, [1, 2, 5, 13, 15, 28, 29, 30, 31, -1, -2, -7, -28, -31], 3)
        parts.append(("BYMONTHDAY", ",".join(map(str, days))))
        choosable = True
    if kind > 0.25 and rng.random() < 0.75:
        days = some(rng, DAYS, 5)
        if frequency in ("MONTHLY", "YEARLY") and rng.random() < 0.5:
            yearly = frequency == "YEARLY" and not any(name == "BYMONTH" for name, _ in parts)
            ordinals = [1, 2, 20, 52, 53, -1, -20, -53] if yearly else [1, 2, 3, 4, 5, -1, -2, -5]
            days = [f"{rng.choice(ordinals)}{day}" for day in days[:3]]
        parts.append(("BYDAY", ",".join(days)))
        choosable = True
    week_start = 0
    if rng.random() < 0.3:
        week_start = rng.randrange(7)
        parts.append(("WKST", DAYS[week_start]))
    if choosable and rng.random() < 0.25 and not (frequency == "WEEKLY" and start.weekday() != week_start):
        parts.append(("BYSETPOS", ",".join(map(str, some(rng, [1, 2, 3, -1, -2], 2)))))
    end = rng.random()
    if end < 0.25:
        parts.append(("COUNT", rng.randint(1, 40)))
    elif end < 0.4:
        parts.append(("UNTIL", (start + dt.timedelta(days=rng.randint(0, 1500))).strftime("%Y%m%d")))
    elif end < 0.5:
        parts.append(("UNTIL", (start + dt.timedelta(days=rng.randint(1, 1500), hours=rng.randint(-5, 5)))
                      .strftime("%Y%m%dT%H%M%S")))
    return ";".join(f"{name}={value}" for name, value in parts)


def in_utc(local, zone):
    """One that does not exist moves forward by the gap, of two the first."""
    moment = local.replace(tzinfo=tz.gettz(zone), fold=0)
    if not tz.datetime_exists(moment):
        moment = tz.resolve_imaginary(moment)
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%MZ")


def digest(texts):
    value = 0xCBF29CE484222325
    for byte in "\n".join(texts).encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def main():
    # One that never comes would be looked for up to the year 9999.
    rrule.datetime = types.SimpleNamespace(**{**vars(dt), "MAXYEAR": 2036})
    rng = random.Random(20261102)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    for number in range(count):
        zone = ZONES[number % len(ZONES)]
        start = dt.datetime(rng.randint(2018, 2027), rng.randint(1, 12), rng.randint(1, 28), rng.choice([0, 1, 2, 3, 9, 23]),
                            rng.choice([0, 0, 30]))
        if rng.random() < 0.1:
            start = start.replace(month=rng.choice([1, 3, 5, 7]), day=rng.choice([29, 30, 31]))
        text = rule_for(rng, start)
        # A day as the end holds all of the day.
        spoken = text
        if "UNTIL=" in text:
            head, tail = text.split("UNTIL=")
            if "T" not in tail:
                spoken = f"{head}UNTIL={tail[:8]}T235959{tail[8:]}"
        end = start + dt.timedelta(days=2200)
        rule = rrule.rrulestr(spoken, dtstart=start)
        times = [in_utc(time, zone) for time in rule.between(start, end, inc=True)]
        first, last = (times[0], times[-1]) if times else ("-", "-")
        print(zone, start.strftime("%Y-%m-%dT%H:%M"), text, len(times), first, last, digest(times), sep="\t")


main()
