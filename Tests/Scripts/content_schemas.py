"""Holds content files against the schemas of `gazette schema --output`, read as an editor reads them: YAML 1.2.

Usage: content_schemas.py SCHEMAS CONTENT. Prints one finding a line; exit status 1 when there are any, 3 when this Python
has no jsonschema or yaml.
"""
import json
import pathlib
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as error:
    print(error)
    sys.exit(3)


class Core(yaml.SafeLoader):
    """The core schema of YAML 1.2: days are text, and so is `off`."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
]:
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))
Core.add_constructor(
    "tag:yaml.org,2002:int", lambda loader, node: int(re.sub("^([-+]?)0+(?=[0-9])", r"\1", node.value), 0))

FILES = {
    "site": "gazette.yml",
    "product": "products/*.yml",
    "release": "releases/*/*.yml",
    "part": "releases/*/*.d/*.yml",
    "fragment": "changes/*/*.md",
    "incident": "incidents/*.yml",
    "exercise": "exercises/*.yml",
    "calendar": "calendar.yml",
    "flag": "flags.yml",
    "policy": "policy/*.yml",
    "waiver": "waivers/*.yml",
    "page": "pages/**/*.md",
}


def main(schemas, content):
    count, findings = 0, []
    for kind, pattern in FILES.items():
        schema = json.loads((schemas / f"{kind}.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        for path in sorted(content.glob(pattern)):
            text = path.read_text()
            if path.suffix == ".md":
                match = re.match(r"---\n(.*?)^---\s*$", text, re.S | re.M)
                if not match:
                    continue
                text = match[1]
            count += 1
            for error in validator.iter_errors(yaml.load(text, Core)):
                findings.append(f"{path.relative_to(content)}: {'/'.join(map(str, error.path))}: {error.message}")
    print("\n".join(findings + [f"{count} files"]))
    return 1 if findings or not count else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
