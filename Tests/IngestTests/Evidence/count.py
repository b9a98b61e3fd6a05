#!/usr/bin/env python3
"""Counts what files of evidence hold, without any code of Gazette: `count.py FOLDER > Cases/evidence-counts.tsv`.

One line a file, by path: path, format, counts. A format registers a function that gives `None` for files that are not
its own. Standard library only.
"""
import base64
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree


class Refused(Exception):
    """A file that a strict reader must not read."""


class File:
    def __init__(self, folder, path):
        self.path = path
        with open(os.path.join(folder, path), "rb") as file:
            self.bytes = file.read()
        self.json = self.parsed_json()
        self.root = None
        if self.bytes.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
            try:
                self.root = ElementTree.fromstring(self.bytes.lstrip())
            except ElementTree.ParseError:
                pass

    def texts(self):
        """The JSON texts of the file: one, or one a line."""
        if isinstance(self.json, dict):
            return [self.json]
        try:
            return [json.loads(line) for line in self.bytes.decode().splitlines() if line.strip()]
        except ValueError:
            return []

    def parsed_json(self):
        try:
            return json.loads(self.bytes.decode(json.detect_encoding(self.bytes)).lstrip("\ufeff"))
        except ValueError:
            return None


def fields(**counts):
    return " ".join(f"{name}={count}" for name, count in counts.items())


def local(element):
    return element.tag.split("}")[-1]


def junit(file):
    if file.root is None or local(file.root) not in ("testsuites", "testsuite"):
        return None
    counts = dict(cases=0, passed=0, failed=0, errored=0, skipped=0, flaky=0)

    def count(outcome):
        counts["cases"] += 1
        counts[outcome] += 1

    def visit(suite):
        for child in suite:
            if local(child) == "testcase":
                names = {local(element) for element in child}
                status = (child.get("status") or child.get("result") or "").lower()
                if "error" in names:
                    count("errored")
                elif "failure" in names:
                    count("failed")
                elif names & {"skipped", "disabled"} or status in ("notrun", "skipped", "disabled", "suppressed"):
                    count("skipped")
                else:
                    count("passed")
                counts["flaky"] += bool(names & {"flakyFailure", "flakyError"})
            elif local(child) in ("testsuite", "testsuites"):
                visit(child)
        names = [local(child) for child in suite]
        first = next((name for name in names if name in ("failure", "error")), None)
        if first:
            count("failed" if first == "failure" else "errored")

    visit(file.root)
    return fields(**counts)


def sarif(file):
    log = file.json
    if not isinstance(log, dict) or "runs" not in log or "version" not in log:
        return None
    if not isinstance(log["runs"], list) or not log["version"].startswith("2.1"):
        raise Refused
    if any(not isinstance(run["tool"]["driver"].get("name"), str) for run in log["runs"]):
        raise Refused
    counts = dict(findings=0, error=0, warning=0, note=0, none=0, suppressed=0, passed=0, failures=0)
    for run in log["runs"]:
        for invocation in run.get("invocations") or []:
            notifications = []
            for key in ("toolConfigurationNotifications", "toolExecutionNotifications"):
                notifications += invocation.get(key) or []
            errors = sum(notification.get("level") == "error" for notification in notifications)
            counts["failures"] += errors or (invocation.get("executionSuccessful") is False)
        if run.get("results") is None:
            counts["failures"] += 1
            continue
        components = [run["tool"]["driver"]] + (run["tool"].get("extensions") or [])
        for result in run["results"]:
            kind = result.get("kind", "fail")
            if kind in ("pass", "notApplicable", "informational") or result.get("baselineState") == "absent":
                counts["passed"] += 1
                continue
            reference = result.get("rule") or {}
            component = reference.get("toolComponent", {}).get("index", -1) + 1
            index = reference.get("index", result.get("ruleIndex", -1))
            rule = None
            if index >= 0 and component < len(components):
                rules = components[component].get("rules") or []
                rule = rules[index] if index < len(rules) else None
            name = result.get("ruleId") or reference.get("id") or ""
            while rule is None and name:
                every = [rule for component in components for rule in component.get("rules") or []]
                rule = next((rule for rule in every if rule["id"] == name), None)
                name = name.rpartition("/")[0]
            default = ((rule or {}).get("defaultConfiguration") or {}).get("level", "warning")
            level = result.get("level") or (default if kind == "fail" else "none")
            counts["findings"] += 1
            counts[level] += 1
            statuses = [suppression.get("status", "accepted") for suppression in result.get("suppressions") or []]
            counts["suppressed"] += bool(statuses) and set(statuses) == {"accepted"}
    return fields(**counts)


def shares(lines, branches, files):
    covered = {}
    for place, hit in lines:
        covered[place] = covered.get(place, False) or hit
    taken = sum(share[0] for share in branches.values())
    valid = sum(share[1] for share in branches.values())
    return fields(lines=f"{sum(covered.values())}/{len(covered)}", branches=f"{taken}/{valid}", files=files)


def cobertura(file):
    if file.root is None or local(file.root) != "coverage" or file.root.get("clover"):
        return None
    lines, branches, files = [], {}, set()
    for unit in file.root.iter("class"):
        name = unit.get("filename") or unit.get("name")
        files.add(name)
        for line in unit.iter("line"):
            place = (name, int(line.get("number")))
            lines.append((place, float(line.get("hits") or 0) > 0))
            match = re.search(r"\((\d+)/(\d+)\)", line.get("condition-coverage") or "")
            if match:
                old = branches.get(place, (0, 0))
                branches[place] = (max(old[0], int(match[1])), max(old[1], int(match[2])))
    if not lines and (file.root.get("lines-valid") or "").isdigit():
        return fields(
            lines=f"{file.root.get('lines-covered')}/{file.root.get('lines-valid')}", branches="0/0", files=len(files))
    stated = (file.root.get("branches-covered") or "", file.root.get("branches-valid") or "")
    if not any(share[1] for share in branches.values()) and stated[0].isdigit() and stated[1].isdigit():
        branches = {None: (int(stated[0]), int(stated[1]))}
    return shares(lines, branches, len(files))


def jacoco(file):
    if file.root is None or local(file.root) != "report" or not file.root.get("name"):
        return None
    totals = {}
    for source in file.root.iter("sourcefile"):
        for counter in source.findall("counter"):
            covered, valid = totals.get(counter.get("type"), (0, 0))
            add = int(counter.get("covered"))
            totals[counter.get("type")] = (covered + add, valid + add + int(counter.get("missed")))
    show = {kind: "%d/%d" % totals.get(kind, (0, 0)) for kind in ("LINE", "BRANCH")}
    return fields(lines=show["LINE"], branches=show["BRANCH"], files=len(list(file.root.iter("sourcefile"))))


def lcov(file):
    if not re.match(rb"(#[^\n]*\n)*(TN|SF):", file.bytes):
        return None
    name, lines, taken, files = None, [], {}, set()
    for line in file.bytes.decode().splitlines():
        key, _, rest = line.partition(":")
        parts = rest.split(",")
        try:
            if key == "SF":
                name = rest
                files.add(name)
            elif key == "DA":
                lines.append(((name, int(parts[0])), float(parts[1]) > 0))
            elif key == "BRDA":
                branch = (name, *parts[:-1])
                hit = parts[-1] != "-" and float(parts[-1]) > 0
                taken[branch] = taken.get(branch, False) or hit
        except ValueError:
            raise Refused
    return shares(lines, {branch: (int(hit), 1) for branch, hit in taken.items()}, len(files))


def axe(file):
    results = file.json if isinstance(file.json, list) else [file.json]
    if not results or not all(isinstance(result, dict) and "violations" in result for result in results):
        return None
    if all("testEngine" in result for result in results):
        return fields(
            pages=len({result["url"] for result in results}),
            violations=sum(len(result["violations"]) for result in results),
            elements=sum(len(rule["nodes"]) for result in results for rule in result["violations"]),
            incomplete=sum(len(result["incomplete"]) for result in results),
            passes=sum(len(result["passes"]) for result in results))
    if all("helpUrl" in result for result in results):
        return fields(
            pages=1, violations=sum(bool(rule["violations"]) for rule in results),
            elements=sum(len(rule["violations"]) for rule in results),
            incomplete=sum(bool(rule["incomplete"]) for rule in results),
            passes=sum(bool(rule["passes"]) for rule in results))
    return None


def members(file):
    return file.json if isinstance(file.json, dict) else {}


def cyclonedx(file):
    bom = members(file)
    if bom.get("bomFormat") != "CycloneDX":
        return None

    def nested(components):
        return sum(1 + nested(component.get("components") or []) for component in components if component)

    known = [entry for entry in bom.get("vulnerabilities") or [] if entry.get("id")]
    return fields(
        components=nested(bom.get("components") or []),
        vulnerabilities=sum(max(1, len(entry.get("affects") or [])) for entry in known),
        statements=sum(1 for entry in known if (entry.get("analysis") or {}).get("state")))


def spdx(file):
    return fields(packages=len(file.json.get("packages") or [])) if "spdxVersion" in members(file) else None


def openvex(file):
    if not str(members(file).get("@context")).startswith("https://openvex.dev/ns"):
        return None
    return fields(products=sum(len(statement.get("products") or []) for statement in file.json["statements"]))


def csaf(file):
    head = members(file).get("document")
    if not isinstance(head, dict) or "csaf_version" not in head:
        return None
    count = 0
    for vulnerability in file.json.get("vulnerabilities") or []:
        status = vulnerability.get("product_status") or {}
        for names in (["fixed", "first_fixed"], ["known_affected", "first_affected", "last_affected"],
                      ["known_not_affected"], ["under_investigation"]):
            count += len({product for name in names for product in status.get(name) or []})
    return fields(products=count)


def attestation(file):
    texts = [text for text in file.texts() if isinstance(text, dict)]
    first = texts[0] if texts else {}
    isBundle = str(first.get("mediaType")).startswith("application/vnd.dev.sigstore.bundle")
    if not (isBundle or "payloadType" in first or str(first.get("_type")).startswith("https://in-toto.io/")):
        return None
    subjects = 0
    for text in texts:
        if "messageSignature" in text:
            subjects += 1
            continue
        envelope = text.get("dsseEnvelope") or (text if "payload" in text else None)
        statement = json.loads(base64.b64decode(envelope["payload"])) if envelope else text
        if not str(statement.get("_type")).startswith("https://in-toto.io/Statement/"):
            raise Refused
        subjects += len(statement["subject"])
    return fields(statements=len(texts), subjects=subjects)


def trivy(file):
    if "SchemaVersion" not in members(file):
        return None
    return fields(vulnerabilities=sum(len(part.get("Vulnerabilities") or []) for part in file.json.get("Results") or []))


def grype(file):
    if "matches" not in members(file):
        return None
    return fields(vulnerabilities=len(file.json["matches"]) + len(file.json.get("ignoredMatches") or []))


def osv_scanner(file):
    if "results" not in members(file):
        return None
    packages = [package for part in file.json["results"] for package in part.get("packages") or []]
    return fields(vulnerabilities=sum(len(package.get("vulnerabilities") or []) for package in packages))


def cdevents(file):
    context = members(file).get("context")
    return fields(events=1) if isinstance(context, dict) and str(context.get("type")).startswith("dev.cdevents") else None


FORMATS = {
    "junit": junit, "sarif": sarif, "cobertura": cobertura, "jacoco": jacoco, "lcov": lcov, "axe": axe,
    "cyclonedx": cyclonedx, "spdx": spdx, "openvex": openvex, "csaf": csaf, "in-toto": attestation, "trivy": trivy,
    "grype": grype, "osv-scanner": osv_scanner, "cdevents": cdevents,
}


def row(file):
    for name, count in FORMATS.items():
        try:
            counts = count(file)
        except Refused:
            return f"{file.path}\trefused\t{name}"
        if counts is not None:
            return f"{file.path}\t{name}\t{counts}"
    return f"{file.path}\tdocument\t"


def main():
    folder = sys.argv[1]
    paths = []
    for top, _, names in os.walk(folder):
        paths += [os.path.relpath(os.path.join(top, name), folder) for name in names]
    for path in sorted(paths, key=lambda path: path.encode()):
        print(row(File(folder, path)))


if __name__ == "__main__":
    main()
