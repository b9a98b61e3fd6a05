#!/usr/bin/env python3
"""Recomputes delivery figures from the raw files of a content folder and its Git history, without anything of Gazette.

    metrics.py content CONTENT AS-OF       every figure of every product, as JSON
    metrics.py tags REPOSITORY PREFIX      lead times of a repository whose tags are its releases, as JSON

Written from the definitions of the figures alone; needs PyYAML for the first, and Git for the second.
"""
import collections
import csv
import datetime as dt
import glob
import itertools
import json
import math
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

    policy = {}
    for path in sorted(glob.glob(folder + "/policy/*.yml")):
        for rule, variants in ((load(path) or {}).get("rules") or {}).items():
            policy[rule] = variants if isinstance(variants, list) else [variants or {}]
    waivers = [load(path) for path in sorted(glob.glob(folder + "/waivers/*.yml"))]
    history = History(folder, Loader)
    trains = {t["id"]: departures(t) for t in calendar.get("trains") or []}
    zones = {t["id"]: zoneinfo.ZoneInfo(t["time_zone"]) if t.get("time_zone") else zone
             for t in calendar.get("trains") or []}

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
        kind = load(path).get("kind")
        result[product].update(governed(
            product, kind, releases, incidents, policy, waivers, history, trains, zones, production, zone, moment, now,
            folder))
    return result


class History:
    """What the first-parent history of HEAD said of records, commit by commit."""

    def __init__(self, folder, loader):
        self.folder, self.loader = folder, loader
        self.touches = collections.defaultdict(list)
        self.prefix = self.git("rev-parse", "--show-prefix").strip()
        if self.git("rev-parse", "--is-shallow-repository").strip() == "true":
            return
        commit = None
        log = self.git("log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--name-only",
                       "--relative", "--format=@%H %ct", "--", "releases")
        for line in log.splitlines():
            if line.startswith("@"):
                name, date = line[1:].split(" ")
                commit = (name, int(date))
            elif line:
                self.touches[line].append(commit)

    def git(self, *arguments):
        return subprocess.run(
            ["git", "-C", self.folder, *arguments], check=True, capture_output=True, text=True).stdout

    def states(self, product, version, now):
        """The records that were published, the oldest first, each with its commit's date."""
        import yaml

        own = f"releases/{product}/{version}"
        paths = [p for p in self.touches if p == own + ".yml" or (p.startswith(own + ".d/") and p.endswith(".yml"))]
        commits = sorted({c for p in paths for c in self.touches[p]}, key=lambda c: c[1])
        if len(commits) < 2:
            return [(now, commits[0][1])] if commits else []
        found = []
        for name, date in commits:
            state = {}
            for path in sorted(paths):
                shown = subprocess.run(
                    ["git", "-C", self.folder, "show", f"{name}:./{path}"], capture_output=True, text=True)
                for key, value in (yaml.load(shown.stdout, self.loader) or {}).items() if not shown.returncode else ():
                    if isinstance(value, list) and isinstance(state.get(key), list):
                        state[key] = state[key] + value
                    else:
                        state[key] = value
            if state.get("status"):
                found.append((state, date))
        return found + [(now, commits[-1][1])]


def departures(train):
    """The days of the departures of a train, for three years and more."""
    rule = dict(part.split("=") for part in train["repeats"].split(";"))
    start = dt.date.fromisoformat(train["starts"][:10])
    names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    interval = int(rule.get("INTERVAL", 1))
    days = []
    for offset in range(4 * 366):
        day = start + dt.timedelta(days=offset)
        wanted = rule["BYDAY"]
        if names[day.weekday()] != wanted[-2:]:
            continue
        if rule["FREQ"] == "WEEKLY":
            monday = start - dt.timedelta(days=start.weekday())
            if ((day - monday).days // 7) % interval == 0:
                days.append(day)
        elif (day.day - 1) // 7 + 1 == int(wanted[:-2]):
            if (day.year * 12 + day.month - start.year * 12 - start.month) % interval == 0:
                days.append(day)
    gone = {e[:10] for e in train.get("except") or []}
    days = [d for d in days if d.isoformat() not in gone]
    return set(days) | {dt.date.fromisoformat(e[:10]) for e in train.get("also") or []}


def beta_quantile(part, a, b):
    """By Simpson's rule over x = sin², which has no poles."""
    def mass(x, steps=2000):
        top = math.asin(math.sqrt(x))
        f = lambda t: 2 * math.sin(t) ** (2 * a - 1) * math.cos(t) ** (2 * b - 1)
        width = top / steps
        inner = sum((4 if i % 2 else 2) * f(i * width) for i in range(1, steps))
        return (f(0) + f(top) + inner) * width / 3

    whole = math.exp(math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b))
    low, high = 0.0, 1.0
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if mass(middle) < part * whole else (low, middle)
    return (low + high) / 2


SHIPPED = ("rolling-out", "released", "rolled-back", "withdrawn")


def planned(states, moment):
    """What was promised first, how often that moved, and when the record became a candidate."""
    before = list(itertools.takewhile(lambda s: s[0]["status"] not in SHIPPED, states))
    if not before:
        return None

    def schedule(record):
        value = record.get("scheduled")
        return {"at": value} if isinstance(value, str) else value or {}

    def times(record):
        value = schedule(record)
        return tuple(t if t is None or len(t) == 10 else moment(t) for t in (value.get("at"), value.get("until")))

    leaving = next((s for s, _ in before if s["status"] != "planned"), before[-1][0])
    said = [t for t in (times(s) for s, _ in before) if t != (None, None)]
    candidate = next((date for s, date in before if s["status"] == "candidate"), None)
    return {
        "promised": schedule(leaving), "moves": sum(a != b for a, b in zip(said, said[1:])),
        "candidate": candidate and dt.datetime.fromtimestamp(candidate, UTC)}


def governed(
        product, kind, releases, incidents, policy, waivers, history, trains, zones, production, zone, moment, now,
        folder):
    result = {}

    def put(figure, name, value):
        result.setdefault(figure, {})[name] = value

    plans = {v: planned(history.states(product, v, r), moment) for v, r in releases.items()}

    late, on_time, on_train, followed = [], 0, [], []
    for version, release in releases.items():
        if release["status"] not in SHIPPED:
            continue
        plan = plans[version]
        if plan:
            followed.append(plan["moves"])
        if release.get("train"):
            stages = [
                s["started"] for s in (release.get("rollout") or {}).get("stages") or []
                if s["environment"] in production and s.get("status", "planned") != "planned" and s.get("started")]
            left = min(stages, key=moment) if stages else release.get("released")
            day = moment(left).astimezone(zones[release["train"]]).date()
            on_train.append(day in trains[release["train"]])
        stated = release.get("scheduled")
        schedule = plan["promised"] if plan else {"at": stated} if isinstance(stated, str) else stated
        released = release.get("released")
        if not schedule or not released:
            continue
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
    if late or on_train:
        put("predictability", "Median days late", quantile(0.5, late))
        put("predictability", "On time", share(on_time, len(late)))
        put("predictability", "Times that a schedule moved", sum(followed) if followed else None)
    if on_train:
        put("predictability", "On their train", share(sum(on_train), len(on_train)))

    asked = []
    approved = 0
    for version, release in releases.items():
        approvals = release.get("approvals") or []
        ends = [moment(a["at"]) for a in approvals if a["decision"] == "approved" and a.get("at")]
        begins = [moment(a["asked"]) for a in approvals if a.get("asked")]
        approved += bool(ends)
        begin = min(begins) if begins else plans[version] and plans[version]["candidate"]
        if ends and begin and begin <= max(ends):
            asked.append((max(ends) - begin).total_seconds())
    if approved:
        put("approval-time", "Median", quantile(0.5, asked))
        put("approval-time", "Nine of ten within", quantile(0.9, asked))

    required = present = judged = 0
    for release in releases.values():
        if release["status"] in ("planned", "cancelled"):
            continue
        for variant in policy.get("evidence-present") or []:
            applies = variant.get("applies") or {}
            if not set(applies.get("label") or release.get("labels") or [None]) & set(release.get("labels") or [None]):
                continue
            if applies.get("product") and product not in applies["product"]:
                continue
            if applies.get("risk") and release.get("risk") not in applies["risk"]:
                continue
            judged += 1
            for wanted in variant.get("kinds") or ["tests"]:
                required += 1
                present += any(
                    e.get("kind") == wanted and e.get("path") and os.path.exists(folder + "/../" + e["path"])
                    for e in release.get("evidence") or [])
            break
    if judged:
        put("evidence-completeness", "Share", share(present, required))
        put("evidence-completeness", "Missing", required - present)

    own = [w for w in waivers if w["product"] == product]
    begins = [moment(w.get("from") or w["approved_at"]) for w in own]
    ends = [moment(w["expires"], end=True) for w in own]
    put("rule-health", "Waivers in force", sum(b <= now < e for b, e in zip(begins, ends)))
    put("rule-health", "Waivers expired", sum(e <= now for e in ends))

    known, fixed, severity, told, shipped = {}, {}, {}, {}, 0
    dated = [r for r in releases.values() if r["status"] in SHIPPED and r.get("released")]
    dated.sort(key=lambda r: moment(r["released"]))
    fixes = 0
    for release in dated:
        shipped += 1
        at = moment(release["released"])
        for entry in release.get("security") or []:
            name = entry["id"]
            since = moment(entry.get("disclosed")) or at
            known[name] = min(known.get(name, since), since)
            severity[name] = entry.get("severity", severity.get(name))
            if entry.get("disclosed"):
                told.setdefault(name, moment(entry["disclosed"]))
            if is_true(entry.get("fixed", True)):
                fixes += 1
                if name not in fixed:
                    disclosed = moment(entry.get("disclosed"))
                    fixed[name] = (at, (at - disclosed).total_seconds() if disclosed else None)
    if known:
        put("vulnerabilities", "Fixed", len(fixed))
        put("vulnerabilities", "Open", len(known) - len(fixed))
        put("vulnerabilities", "Fixed per release", fixes / shipped if shipped >= 5 else None)
        put("vulnerabilities", "New in 90 days", sum((now - k).total_seconds() < 90 * 86400 for k in known.values()))
        put("vulnerabilities", "Median from disclosure to fix",
            quantile(0.5, [max(0, t) for _, t in fixed.values() if t is not None]))

    actions = [a for r in releases.values() for a in (r.get("review") or {}).get("actions") or []]
    actions += [a for i in incidents.values() if product in (i.get("products") or []) for a in i.get("actions") or []]
    if actions:
        put("review-actions", "Opened", len(actions))
        put("review-actions", "Done", sum(bool(a.get("done")) for a in actions))
        put("review-actions", "Overdue", sum(
            not a.get("done") and bool(a.get("due")) and moment(a["due"], end=True) <= now for a in actions))
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
        put("change-fail-rate", "Deployments that are failed", sum(d["failed"] for d in over))
        rework = {
            v for v, r in releases.items()
            if r.get("hotfix_of") or (is_true(r.get("unplanned")) and "incident" in (r.get("because_of") or {}))}
        put("rework-rate", "Share", share(sum(d["version"] in rework for d in over), len(over)))
        put("rework-rate", "Deployments that are rework", sum(d["version"] in rework for d in over))

    places = sorted(
        (moment(r["rollback"]["executed"], end=True), d["place"])
        for v, r in releases.items() if (r.get("rollback") or {}).get("executed")
        for d in deployments if d["version"] == v and d["status"] == "rolled-back")
    backs = [at for at, _ in places]
    times, still_open = [], 0
    for index, deployment in enumerate(over):
        if not deployment["failed"]:
            continue
        if deployment["causes"]:
            ends = []
            for incident in deployment["causes"]:
                end = moment(incident.get("resolved"))
                recovered = incident.get("recovered_by") or {}
                cures = []
                if recovered.get("product", product) == product:
                    if recovered.get("how") == "roll-back":
                        cures = [b for b, p in places if b >= deployment["start"] and p in ("", deployment["place"])]
                    elif recovered.get("how", "roll-forward") == "roll-forward":
                        cures = [d["end"] for d in over
                                 if d["version"] == recovered.get("version") and d["end"] >= deployment["start"]]
                ends.append(end and max([end] + cures[:1]))
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
            if metric == "availability":
                put("measured-" + metric, "Error budget left, 30 days",
                    1 - (100 - statistics.fmean(lately)) / (100 - 99.9) if len(lately) >= 5 else None)
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
