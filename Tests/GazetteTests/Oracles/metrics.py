#!/usr/bin/env python3
"""Recomputes delivery figures from the raw files of a content folder, without anything of Gazette.

    metrics.py content CONTENT AS-OF       every figure of every product, as JSON
    metrics.py tags REPOSITORY PREFIX      lead times of a repository whose tags are its releases, as JSON

Written from the definitions of the figures alone; needs PyYAML for the first, and Git for the second.
"""
import collections
import csv
import datetime as dt
import glob
import json
import os
import statistics
import subprocess
import sys
import zoneinfo

UTC = dt.timezone.utc


def quantile(share, values):
    values = sorted(values)
    if len(values) < 5:
        return None
    if len(values) == 1:
        return values[0]
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


def share(part, whole):
    return part / whole if whole >= 5 else None


def content(folder, as_of):
    import yaml

    class Loader(yaml.SafeLoader):
        pass

    # Versions and moments stay the text that they are.
    skipped = {"tag:yaml.org,2002:" + name for name in ("timestamp", "float", "int")}
    Loader.yaml_implicit_resolvers = {
        first: [entry for entry in entries if entry[0] not in skipped]
        for first, entries in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def load(path):
        with open(path, encoding="utf-8") as file:
            return yaml.load(file, Loader)

    site = load(folder + "/gazette.yml")
    zone = zoneinfo.ZoneInfo(site.get("time_zone", "UTC"))

    def moment(text, end=False):
        if text is None:
            return None
        if len(text) == 10:
            day = dt.date.fromisoformat(text) + dt.timedelta(days=1 if end else 0)
            return dt.datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)

    now = moment(as_of)
    production = {e["id"] for e in site["environments"] if e.get("production") in (True, "true")}
    calendar = load(folder + "/calendar.yml") if os.path.exists(folder + "/calendar.yml") else {}
    hours = calendar.get("business_hours")
    incidents = {}
    for path in sorted(glob.glob(folder + "/incidents/*.yml")):
        incidents[os.path.basename(path)[:-4]] = load(path)

    events = {}
    for path in sorted(glob.glob(folder + "/events/**/*.ndjson", recursive=True)):
        for line in open(path, encoding="utf-8"):
            if line.strip():
                event = json.loads(line)
                events.setdefault((event["context"]["source"], event["context"]["id"]), event)

    result = {}
    for path in sorted(glob.glob(folder + "/products/*.yml")):
        product = os.path.basename(path)[:-4]
        releases = {}
        for record in sorted(glob.glob(f"{folder}/releases/{product}/*.yml")):
            version = os.path.basename(record)[:-4]
            releases[version] = load(record)
            parts = f"{folder}/releases/{product}/{version}.d/*.yml"
            for part in sorted(glob.glob(parts)):
                for key, entries in load(part).items():
                    if isinstance(entries, list):
                        releases[version].setdefault(key, []).extend(entries)
        result[product] = figures(
            product, releases, incidents, events.values(), production, hours, zone, moment, now, folder)
    return result


def is_true(value):
    return value in (True, "true")


def rollouts(version, release, production, moment, now):
    """The deployments that the stages of one record tell of."""
    found = []
    stages = (release.get("rollout") or {}).get("stages") or []
    for place in dict.fromkeys(s["environment"] for s in stages if s["environment"] in production):
        own = [s for s in stages if s["environment"] == place]
        begun = [s for s in own if s.get("status") != "planned" and s.get("started")]
        begun.sort(key=lambda s: moment(s["started"]))
        current = None
        for stage in begun:
            start = moment(stage["started"])
            end = moment(stage.get("finished"), end=True)
            if end:
                end = min(end, now)
            if current is None:
                current = {"version": version, "place": place, "start": start, "end": start}
                found.append(current)
            unfinished = stage.get("status") == "running" or (not end and release["status"] == "rolling-out")
            current["end"] = None if unfinished else max(current["end"] or start, end or start)
            current["status"] = stage.get("status")
            if stage.get("decision") == "roll-back":
                current["status"] = "rolled-back"
            if stage.get("decision") == "complete" or current["status"] in ("failed", "rolled-back"):
                current = None
        if current and release["status"] == "rolling-out" and len(own) > len(begun):
            current["end"] = None
    if release["status"] == "rolled-back" and not any(d["status"] == "rolled-back" for d in found):
        for deployment in found:
            deployment["status"] = "rolled-back"
    return found


def figures(product, releases, incidents, events, production, hours, zone, moment, now, folder):
    shipped = ("rolling-out", "released", "rolled-back", "withdrawn")
    deployments = [d for v, r in releases.items() for d in rollouts(v, r, production, moment, now)]
    recorded = list(deployments)
    for event in sorted(events, key=lambda e: e["context"]["timestamp"]):
        kind = event["context"]["type"]
        if not (".service.deployed." in kind or ".service.upgraded." in kind):
            continue
        subject = event["subject"]
        place = subject["content"]["environment"]["id"]
        version = subject["content"]["artifactId"].rsplit("@", 1)[1]
        if subject["id"] != product or place not in production or version not in releases:
            continue
        at = moment(event["context"]["timestamp"])
        inside = any(
            d["version"] == version and d["place"] == place and d["start"] <= at <= (d["end"] or now)
            for d in deployments)
        if not inside:
            deployments.append({"version": version, "place": place, "start": at, "end": at, "status": "succeeded"})
    if not deployments:
        for version, release in releases.items():
            # In a version that is a day, the strokes are no sign of a pre-release.
            is_pre_release = "-" in (version[10:] if version[4:5] == "-" else version)
            if release["status"] in shipped and release.get("released") and not is_pre_release:
                at = moment(release["released"])
                taken_back = release["status"] in ("rolled-back", "withdrawn")
                deployments.append({
                    "version": version, "place": "", "start": at, "end": at,
                    "status": "rolled-back" if taken_back else "succeeded"})
    over = sorted((d for d in deployments if d["end"]), key=lambda d: d["end"])

    def causes(deployment):
        found = []
        for incident in incidents.values():
            cause = incident.get("caused_by")
            if isinstance(cause, dict) and cause["product"] == product and cause["version"] == deployment["version"]:
                places = incident.get("environments") or []
                if not deployment["place"] or not places or deployment["place"] in places:
                    found.append(incident)
        return found

    repaired = {r["hotfix_of"] for r in releases.values() if r.get("hotfix_of") and r["status"] != "cancelled"}
    for deployment in over:
        deployment["causes"] = causes(deployment)
        deployment["failed"] = bool(
            deployment["status"] in ("failed", "rolled-back") or deployment["causes"]
            or deployment["version"] in repaired)

    result = {}

    def put(figure, name, value):
        result.setdefault(figure, {})[name] = value

    if over:
        put("deployment-frequency", "Deployments", len(over))
        gaps = [(b["end"] - a["end"]).total_seconds() / 86400 for a, b in zip(over, over[1:])]
        put("deployment-frequency", "Median days between two", quantile(0.5, gaps))
        put("change-fail-rate", "Share", share(sum(d["failed"] for d in over), len(over)))
        rework = {
            v for v, r in releases.items()
            if r.get("hotfix_of") or (is_true(r.get("unplanned")) and "incident" in (r.get("because_of") or {}))}
        put("rework-rate", "Share", share(sum(d["version"] in rework for d in over), len(over)))

    backs = sorted(
        moment(r["rollback"]["executed"], end=True)
        for v, r in releases.items()
        if (r.get("rollback") or {}).get("executed")
        and any(d["version"] == v and d["status"] == "rolled-back" for d in deployments))
    times, still_open = [], 0
    for index, deployment in enumerate(over):
        if not deployment["failed"]:
            continue
        if deployment["causes"]:
            ends = [moment(i.get("resolved")) for i in deployment["causes"]]
            cure = None if None in ends else max(ends)
        else:
            later = [d["end"] for d in over[index + 1:] if not d["failed"]][:1]
            later += [b for b in backs if b >= deployment["start"]][:1]
            cure = min(later) if later else None
        if cure is None:
            still_open += 1
        else:
            times.append(max(0, (cure - deployment["end"]).total_seconds()))
    if times or still_open:
        put("recovery-time", "Median", quantile(0.5, times))
        put("recovery-time", "Nine of ten within", quantile(0.9, times))
        put("recovery-time", "Open", still_open)

    own = [i for i in incidents.values() if product in (i.get("products") or [])]
    lasted = [
        (moment(i["resolved"]) - moment(i["detected"])).total_seconds()
        for i in own if i.get("resolved") and i.get("detected")]
    if own:
        put("incident-recovery", "Mean", statistics.fmean(lasted) if len(lasted) >= 5 else None)
        put("incident-recovery", "Median", quantile(0.5, lasted))

    late, on_time = [], 0
    for release in releases.values():
        schedule, released = release.get("scheduled"), release.get("released")
        if release["status"] not in shipped or not schedule or not released:
            continue
        if isinstance(schedule, str):
            schedule = {"at": schedule}
        if len(schedule["at"]) > 10 and len(released) > 10:
            late.append((moment(released) - moment(schedule["at"])).total_seconds() / 86400)
        else:
            days = [moment(t).astimezone(zone).date() for t in (schedule["at"], released)]
            late.append(float((days[1] - days[0]).days))
        if schedule.get("until"):
            limit = moment(schedule["until"], end=True)
        else:
            limit = moment(moment(schedule["at"]).astimezone(zone).date().isoformat(), end=True)
        on_time += moment(released) <= limit
    if late:
        put("predictability", "Median days late", quantile(0.5, late))
        put("predictability", "On time", share(on_time, len(late)))

    names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    counted = outside = 0
    for release in releases.values():
        for stage in (release.get("rollout") or {}).get("stages") or []:
            if stage["environment"] not in production or stage.get("status") == "planned" or not stage.get("started"):
                continue
            if len(stage["started"]) == 10:
                continue
            at = moment(stage["started"]).astimezone(zone)
            clock = at.strftime("%H:%M")
            counted += 1
            outside += not (names[at.weekday()] in hours["days"] and hours["from"] <= clock < hours["to"])
    if counted:
        put("out-of-hours", "Share", share(outside, counted))
        put("out-of-hours", "Stages outside", outside)

    asked = []
    for release in releases.values():
        approvals = release.get("approvals") or []
        ends = [moment(a["at"]) for a in approvals if a["decision"] == "approved" and a.get("at")]
        begins = [moment(a["asked"]) for a in approvals if a.get("asked")]
        if ends and begins and min(begins) <= max(ends):
            asked.append((max(ends) - min(begins)).total_seconds())
    if asked:
        put("approval-time", "Median", quantile(0.5, asked))
        put("approval-time", "Nine of ten within", quantile(0.9, asked))

    path = f"{folder}/metrics/{product}.csv"
    if os.path.exists(path):
        values = collections.defaultdict(dict)
        for row in csv.DictReader(open(path, encoding="utf-8")):
            if row["value"]:
                values[row["metric"]].setdefault(row["date"], float(row["value"]))
        today = now.astimezone(zone).date()
        for metric, days in values.items():
            lately = [v for d, v in days.items() if (today - dt.date.fromisoformat(d)).days < 30]
            put("measured-" + metric, "Mean of all days",
                statistics.fmean(days.values()) if len(days) >= 5 else None)
            put("measured-" + metric, "Mean of the last 30 days",
                statistics.fmean(lately) if len(lately) >= 5 else None)
    return result


def tags(repository, prefix):
    def git(*arguments):
        return subprocess.run(
            ["git", "-C", repository, *arguments], check=True, capture_output=True, text=True).stdout

    refs = [line.split(" ") for line in git(
        "for-each-ref", "--format=%(refname:short) %(creatordate:unix)", "refs/tags/" + prefix + "*").splitlines()]
    refs.sort(key=lambda ref: int(ref[1]))
    times = []
    for index, (name, date) in enumerate(refs):
        earlier = ["^" + other for other, _ in refs[:index]]
        if index == 0:
            continue
        for line in git("log", "--no-merges", "--format=%ct %ae", name, *earlier).splitlines():
            committed, author = line.split(" ", 1)
            if "[bot]" not in author and int(committed) <= int(date):
                times.append(int(date) - int(committed))
    return {
        "Half of the commits within": quantile(0.5, times), "Nine of ten within": quantile(0.9, times),
        "count": len(times)}


if __name__ == "__main__":
    if sys.argv[1] == "content":
        print(json.dumps(content(sys.argv[2], sys.argv[3])))
    else:
        print(json.dumps(tags(sys.argv[2], sys.argv[3])))
