"""Runs the files to copy for pipelines, step by step, as the services do: in clones of a repository, with the program.

Usage: ci_files.py GAZETTE FOLDER REPOSITORY. GAZETTE is the program, FOLDER has the files and lies two below the top of
Gazette's own repository, REPOSITORY has a site. Prints one finding a line; exit status 1 when there are any, 3 without
yaml.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError as error:
    print(error)
    sys.exit(3)

PIPELINES = {
    "github-actions.yml": {"check", "build"},
    "github-actions-parts.yml": {"build", "merge"},
    "gitlab-ci.yml": {"check", "build"},
}


class Runner:
    """Runs the jobs of one file, and remembers what is wrong and which commands of Gazette were run."""

    def __init__(self, gazette, repository, scratch, name, findings):
        self.gazette, self.repository, self.scratch = gazette, repository, scratch
        self.name, self.findings = name, findings
        self.commands, self.artifacts, self.outputs, self.count = set(), {}, {}, 0
        self.names = {"github.sha": "HEAD", "github.event_name": "schedule"}

    def tell(self, words):
        self.findings.append(f"{self.name}: {words}")

    def clone(self):
        self.count += 1
        folder = self.scratch / f"{self.name}-{self.count}"
        subprocess.run(["git", "clone", "--quiet", str(self.repository), str(folder)], check=True)
        return folder

    def run(self, script, folder, environment):
        """Runs a script whose steps must all end well."""
        self.commands |= set(re.findall(r"^\s*gazette (\w+)", script.replace("\\\n", " "), re.M))
        base = {
            "PATH": f"{pathlib.Path(self.gazette).parent}:{os.environ['PATH']}",
            "HOME": str(self.scratch),
            "GITHUB_WORKSPACE": str(folder), "GITHUB_BASE_REF": "main", "GITHUB_OUTPUT": str(folder / ".git/output"),
            "CI_PROJECT_DIR": str(folder), "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD",
        }
        result = subprocess.run(
            ["sh", "-e", "-c", script], cwd=folder, env=base | environment, capture_output=True, text=True)
        # What comes behind `||` is for failed outcomes, of which this site has none.
        if result.returncode != 0 or "Usage:" in result.stderr or "error" in result.stderr:
            self.tell(f"`{script.strip()}` ends with {result.returncode}: {result.stdout}{result.stderr}")

    def value(self, text, matrix):
        """A text of GitHub's, with the few expressions that our files use."""

        def found(match):
            expression = match[1].strip()
            if name := re.fullmatch(r"matrix\.(\w+)", expression):
                return str(matrix[name[1]])
            if name := re.fullmatch(r"needs\.(\w+)\.outputs\.([\w-]+)", expression):
                return self.outputs[name[1]][name[2]]
            if words := re.fullmatch(r"([\w.]+) == '(\w+)' && '([^']*)' \|\| '([^']*)'", expression):
                return words[3] if self.names[words[1]] == words[2] else words[4]
            if name := re.fullmatch(r"steps\.\w+\.outputs\.([\w-]+)", expression):
                return self.outputs[""][name[1]]
            if expression in self.names:
                return self.names[expression]
            self.tell(f"nobody knows what `{expression}` is")
            return ""

        return re.sub(r"\$\{\{(.*?)\}\}", found, str(text))

    def wants(self, folder, path, words):
        if not (folder / path).exists():
            self.tell(f"{words}, and there is no `{path}`")
            return False
        return True

    def use(self, step, folder, matrix):
        """Stands in for the actions that our files name."""
        action, given = step["uses"].split("@")[0], step.get("with", {})
        given = {key: self.value(value, matrix) for key, value in given.items()}
        if action == "actions/checkout":
            if given.get("fetch-depth") != "0":
                self.tell("checkout without the whole history")
        elif action == "actions/upload-artifact":
            if self.wants(folder, given["path"], "an artifact is handed on"):
                hidden = given.get("include-hidden-files") == "True"
                ignore = None if hidden else shutil.ignore_patterns(".*")
                target = self.scratch / f"{self.name}-artifact-{given['name']}"
                shutil.copytree(folder / given["path"], target, ignore=ignore)
                self.artifacts[given["name"]] = target
        elif action == "actions/download-artifact":
            for name, source in self.artifacts.items():
                if name.startswith(given["pattern"].rstrip("*")):
                    shutil.copytree(source, folder / given["path"] / name)
        elif action == "actions/upload-pages-artifact":
            self.wants(folder, given["path"] + "/index.html", "a site is published")
        elif action == "github/codeql-action/upload-sarif":
            self.wants(folder, given["sarif_file"], "a report is handed on")
        elif action != "actions/deploy-pages":
            self.tell(f"nobody knows the action `{action}`")

    def github(self, document):
        for name, job in document["jobs"].items():
            for need in [job.get("needs", [])]:
                if need and need not in document["jobs"]:
                    self.tell(f"the job `{name}` needs `{need}`, which is none")
            matrix = job.get("strategy", {}).get("matrix", {})
            rows = [{key: value} for key, values in matrix.items() for value in values] or [{}]
            shards = job.get("env", {}).get("SHARDS")
            if shards is not None and matrix["number"] != list(range(1, shards + 1)):
                self.tell(f"SHARDS is {shards}, and the numbers are {matrix['number']}")
            for row in rows:
                folder = self.clone()
                for step in job["steps"]:
                    environment = {**job.get("env", {}), **step.get("env", {})}
                    environment = {key: self.value(value, row) for key, value in environment.items()}
                    if "uses" in step:
                        self.use(step, folder, row)
                    else:
                        self.run(step["run"], folder, environment)
                output = folder / ".git/output"
                if output.exists():
                    self.outputs[""] = dict(line.split("=", 1) for line in output.read_text().splitlines())
                    self.outputs[name] = {
                        key: self.value(value, row) for key, value in job.get("outputs", {}).items()}

    def gitlab(self, document):
        for name, job in document.items():
            if not isinstance(job, dict) or "script" not in job:
                continue
            folder = self.clone()
            environment = {key: str(value) for key, value in document.get("variables", {}).items()}
            for rule in job.get("rules", []):
                environment |= rule.get("variables", {})
            for line in document["default"]["before_script"] + job["script"]:
                self.run(line, folder, environment)
            artifacts = job.get("artifacts", {})
            for path in artifacts.get("paths", []) + list(artifacts.get("reports", {}).values()):
                self.wants(folder, path, f"`{name}` hands on what it made")
            if document.get("variables", {}).get("GIT_DEPTH") != 0:
                self.tell("a clone without the whole history")


def main(gazette, folder, repository):
    findings = []
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for file in sorted(folder.iterdir()):
            text = file.read_text()
            for path in re.findall(r"(?<![\w./])(?:content|scripts|Tests|Sources)/[\w./-]*\w", text):
                if not (folder.parent.parent / path).exists():
                    findings.append(f"{file.name}: there is no {path}")
            if file.suffix not in {".yml", ".yaml"}:
                continue
            if file.name not in PIPELINES:
                findings.append(f"{file.name}: nobody runs it")
                continue
            runner = Runner(gazette, repository, scratch, file.name, findings)
            document = yaml.safe_load(text)
            (runner.github if "jobs" in document else runner.gitlab)(document)
            if not PIPELINES[file.name] <= runner.commands:
                findings.append(f"{file.name}: runs only {sorted(runner.commands)}")
    for name in PIPELINES:
        if not (folder / name).exists():
            findings.append(f"{name}: it is gone")
    print("\n".join(findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])))
