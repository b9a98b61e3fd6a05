"""Counts what the files of shared/data say of the supply chain, apart from Gazette's own readers.

    python3 count-supply-chain.py SHARED-DATA > supply-chain-counts.tsv
"""

import base64
import json
import pathlib
import sys

FOLDERS = ["cdevents", "cyclonedx", "grype", "osv", "provenance", "spdx", "trivy", "vex"]


def texts(data):
    for encoding in ("utf-8-sig", "utf-16"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return None
    try:
        return [json.loads(text)]
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()] or None
    except ValueError:
        return None


def nested(components):
    return sum(1 + nested(component.get("components") or []) for component in components if component)


def cyclonedx(bom):
    vulnerabilities = [v for v in bom.get("vulnerabilities") or [] if v.get("id")]
    places = sum(max(1, len(v.get("affects") or [])) for v in vulnerabilities)
    statements = sum(1 for v in vulnerabilities if (v.get("analysis") or {}).get("state"))
    return f"components {nested(bom.get('components') or [])}, vulnerabilities {places}, statements {statements}"


def csaf(advisory):
    count = 0
    for vulnerability in advisory.get("vulnerabilities") or []:
        status = vulnerability.get("product_status") or {}
        for names in (["fixed", "first_fixed"], ["known_affected", "first_affected", "last_affected"],
                      ["known_not_affected"], ["under_investigation"]):
            count += len({product for name in names for product in status.get(name) or []})
    return f"products {count}"


def attestation(documents):
    subjects = 0
    for document in documents:
        envelope = document.get("dsseEnvelope") or (document if "payload" in document else None)
        statement = json.loads(base64.b64decode(envelope["payload"])) if envelope else document
        if "messageSignature" in document:
            subjects += 1
        elif str(statement.get("_type")).startswith("https://in-toto.io/Statement/"):
            subjects += len(statement["subject"])
        else:
            return "refused"
    return f"statements {len(documents)}, subjects {subjects}"


def count(documents):
    first = documents[0]
    if not isinstance(first, dict):
        return None
    media = str(first.get("mediaType"))
    if first.get("bomFormat") == "CycloneDX":
        return "cyclonedx", cyclonedx(first)
    if "spdxVersion" in first:
        return "spdx", f"packages {len(first.get('packages') or [])}"
    if str(first.get("@context")).startswith("https://openvex.dev/ns"):
        return "openvex", f"products {sum(len(s.get('products') or []) for s in first['statements'])}"
    if "csaf_version" in (first.get("document") or {}):
        return "csaf", csaf(first)
    if "payloadType" in first or "_type" in first or media.startswith("application/vnd.dev.sigstore.bundle"):
        return "in-toto", attestation(documents)
    if "SchemaVersion" in first:
        found = [len(r.get("Vulnerabilities") or []) for r in first.get("Results") or []]
        return "trivy", f"vulnerabilities {sum(found)}"
    if "matches" in first:
        return "grype", f"vulnerabilities {len(first['matches']) + len(first.get('ignoredMatches') or [])}"
    if "results" in first:
        packages = [p for r in first["results"] for p in r.get("packages") or []]
        return "osv-scanner", f"vulnerabilities {sum(len(p.get('vulnerabilities') or []) for p in packages)}"
    if str((first.get("context") or {}).get("type")).startswith("dev.cdevents"):
        return "cdevents", f"events {len(documents)}"
    return None


root = pathlib.Path(sys.argv[1]) / "evidence"
for path in sorted(str(p.relative_to(root)) for f in FOLDERS for p in (root / f).rglob("*") if p.is_file()):
    documents = texts((root / path).read_bytes())
    print(path, *(count(documents) if documents else None) or ("document", "not read"), sep="\t")
