"""Reads the files to copy for pipelines: YAML that parses, and commands that the program has.

Usage: ci_files.py GAZETTE FOLDER. Prints one finding a line; exit status 1 when there are any, 3 without yaml.
"""
import pathlib
import re
import subprocess
import sys

try:
    import yaml
except ImportError as error:
    print(error)
    sys.exit(3)


def texts(node):
    if isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)
    elif isinstance(node, str):
        yield node


def main(gazette, folder):
    findings = []
    wanted = {
        "github-actions.yml": {"check", "build"},
        "github-actions-parts.yml": {"build", "merge"},
        "gitlab-ci.yml": {"check", "build"},
    }
    for name in wanted:
        document = yaml.safe_load((folder / name).read_text())
        commands = [match for text in texts(document) for match in re.findall(r"gazette (\w+)((?:\s+--[\w-]+)*)", text)]
        found = {command for command, _ in commands}
        if not wanted[name] <= found:
            findings.append(f"{name}: has only {sorted(found)}")
        for text in texts(document):
            for line in text.replace("\\\n", " ").splitlines():
                match = re.match(r"gazette (\w+)", line)
                if not match:
                    continue
                help = subprocess.run([gazette, match[1], "--help-hidden"], capture_output=True, text=True).stdout
                for option in re.findall(r" (--[a-z-]+)", line):
                    if option not in help:
                        findings.append(f"{name}: gazette {match[1]} has no {option}")
    print("\n".join(findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
