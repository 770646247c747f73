"""Runs soclint and its peers on the same files with the same check. Run by peers.sh, which installs them.

The check: every service states `exposure`, as `external` or `internal`. One file does not.
"""

import json
import os
import platform
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from statistics import median

FILES = 2_000
FILES_OF_A_FOLDER = 50
BROKEN = 1_234

SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "services": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["exposure"],
                "properties": {"exposure": {"enum": ["external", "internal"]}},
            },
        },
    },
}

POLICY = """package check

allowed := {"external", "internal"}

broken contains path if {
    some path, manifest in data.manifests
    some service in manifest.services
    not service.exposure in allowed
}
"""

MANIFEST = """namespace = "team-{at:04}"
owner = "team-{at:04}"

[services.ledger]
title = "Ledger {at}"
kind = "payments"
{exposure}since = 2021-03-{day:02}
financial-impact = "direct"
user-entities = {{ regions = ["eu", "us"], fiscal-year-ends = "12-31" }}
commitments = ["availability", "confidentiality"]
data = "ledger-records"
depends-on = ["ledger-store", "team-{next:04}/ledger"]
claims = [
  "/soc2-2026",
  {{ report = "/soc1-2026", for = "financial-statement-audit", level = "operating" }},
]

[services.ledger-store]
kind = "internal-tool"
exposure = "internal"
financial-impact = "indirect"
data = "ledger-records"

[data.ledger-records]
classification = "restricted"
kinds = ["financial-record", "personal"]

[identities.ledger-deployer]
kind = "ci-pipeline"
credential = "static-secret"
store = "vault"
access = {{ service = "ledger", actions = "deploy" }}
locators = "github-secret:DEPLOY_{at:04}"
rotation = {{ every = "90d", last = 2026-08-{day:02}, mode = "automatic", evidence = "https://vault.example.com/{at}" }}
review = {{ every = "6mo", last = 2026-07-{day:02}, evidence = "https://tickets.example.com/REV-{at}" }}
offboarding = {{ trigger = "the ledger is retired", evidence = "https://wiki.example.com/{at}/end" }}
monitoring = {{ evidence = "https://siem.example.com/rules/{at}" }}

[controls.ledger-reconciled]
area = "processing"
effective = 2024-01-01
every = "1mo"
criteria = "PI1.3"
design = "https://wiki.example.com/ledger/{at}"
operating = "https://evidence.example.com/2026/{at}"
reports = {{ report = "/soc1-2026", population = "all monthly runs" }}
"""

# What all the others cite.
REPORTS = """[reports.soc1-2026]
framework = "soc1"
also = "isae3402"
type = 2
period = { from = 2025-07-01, to = 2026-06-30 }
issued = 2026-08-15
auditor = "Example LLP"
opinion = "unmodified"
covers = "*/*"

[reports.soc2-2026]
framework = "soc2"
type = 2
period = { from = 2025-07-01, to = 2026-06-30 }
issued = 2026-08-15
auditor = "Example LLP"
opinion = "unmodified"
categories = ["security", "availability", "confidentiality"]
covers = "*/*"
"""


def make(folder):
    """The files, as TOML for those who read it, and as JSON for the one who does not."""
    (folder / "toml/.git").mkdir(parents=True)
    (folder / "toml/soclint.toml").write_text('[policy]\nrequire = "services.exposure"\n')
    (folder / "schema.json").write_text(json.dumps(SCHEMA))
    (folder / "policy.rego").write_text(POLICY)
    (folder / "toml/tombi.toml").write_text(
        f'[schema]\nstrict = false\n\n[[schemas]]\npath = {json.dumps(str(folder / "schema.json"))}\ninclude = ["**/*.scope.toml"]\n')
    names, size, converting = [], 0, 0.0
    for at in range(FILES):
        name = f"part-{at // FILES_OF_A_FOLDER:02}/product-{at:04}.scope.toml"
        exposure = "" if at == BROKEN else 'exposure = "external"\n'
        text = MANIFEST.format(at=at, next=1 + at * 7 % (FILES - 1), day=1 + at % 28, exposure=exposure) if at else REPORTS
        start = time.perf_counter()
        # By its path, for all go into one document.
        as_json = json.dumps({"manifests": {name: tomllib.loads(text)}}, default=str)
        converting += time.perf_counter() - start
        for path, content in ((folder / "toml" / name, text), (folder / "json" / f"{name}.json", as_json)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        names.append(name)
        size += len(text)
    return names, size, converting


def commands(folder, names, regorus):
    """Each tool's version, command and folder; one process over all files."""
    soclint = [os.environ["SOCLINT_PROGRAM"], "check", "--quiet", "--format", "concise", "--as-of", "2026-09-30"]

    def version(*command):
        return re.search(r"\d+\.\d+\.\d+", subprocess.run(command, capture_output=True, text=True, check=True).stdout)[0]

    own, schema = version(soclint[0], "--version"), str(folder / "schema.json")
    data = [word for name in names for word in ("--data", f"{name}.json")]
    return {
        "soclint": (own, [*soclint, "--select", "required-key-missing"], folder / "toml"),
        "soclint, every rule": (own, soclint, folder / "toml"),
        "taplo": (version("taplo", "--version"),
                  ["taplo", "lint", "--no-auto-config", "--colors", "never", "--schema", f"file://{schema}", *names],
                  folder / "toml"),
        "tombi": (version("tombi", "--version"), ["tombi", "lint", "--offline", *names], folder / "toml"),
        "check-jsonschema": (version("check-jsonschema", "--version"),
                             ["check-jsonschema", "--schemafile", schema, "--default-filetype", "toml", *names],
                             folder / "toml"),
        "regorus": (regorus, ["regorus", "eval", "--data", str(folder / "policy.rego"), *data, "data.check.broken"],
                    folder / "json"),
    }


def proven(commands, names):
    """Fails unless each reports the broken file and no other; but every rule of soclint's may have more to say."""
    wanted = {names[BROKEN]}
    for tool, (_, command, folder) in commands.items():
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        named = {name for name in names if Path(name).name in said}
        # An engine gives an answer; that it is no good one is for others to say.
        status = 0 if tool == "regorus" else 1
        right = named >= wanted if tool == "soclint, every rule" else named == wanted
        if done.returncode != status or not right:
            sys.exit(f"{tool} ended with {done.returncode}, not {status}, and named {len(named)} files:\n{said[:2000]}")


def measured(commands, rounds):
    """The medians of wall time and of processor time, in seconds."""
    taken = {tool: [] for tool in commands}
    for _ in range(rounds):
        for tool, (_, command, folder) in commands.items():
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, _, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = 0
            taken[tool].append((wall, used.ru_utime + used.ru_stime))
    return {tool: [median(column) for column in zip(*rows)] for tool, rows in taken.items()}


def main():
    folder, regorus, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    names, size, converting = make(folder)
    tools = commands(folder, names, regorus)
    proven(tools, names)
    results = measured(tools, rounds)
    own = results["soclint"]
    print(f"{FILES} files, {size / 1e6:.1f} MB, one of which breaks the check; each tool reports it and no other.")
    print(f"Medians of {rounds} interleaved runs on {os.cpu_count()} processors ({platform.machine()});")
    print(f"converting to JSON for regorus is not counted (Python took {converting * 1e3:.0f} ms).\n")
    print(f"{'tool':<20} {'version':<8} {'ms':>8} {'times':>7} {'CPU ms':>8} {'times':>7}")
    for tool, (version, _, _) in tools.items():
        wall, cpu = results[tool]
        print(f"{tool:<20} {version:<8} {wall * 1e3:>8.0f} {wall / own[0]:>7.2f} {cpu * 1e3:>8.0f} {cpu / own[1]:>7.2f}")


main()
