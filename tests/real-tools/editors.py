"""Holds what tools say of manifests with the schemas against what soclint says. Run by editors.sh, which installs them."""

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SCHEMAS = PROJECT / "schemas"
FIXTURES = PROJECT / "fixtures"

# What a schema can know of; whatever else is wrong is soclint's alone.
READING = {
    "unknown-key", "unknown-value", "wrong-type", "missing-key", "invalid-id", "invalid-date", "invalid-duration",
    "invalid-toml", "not-utf8", "non-canonical-spelling",
}
# Whether the keys of what stands in the wrong table fit that table depends on what it states.
MISFILED = {"certificate-declared-as-report", "report-declared-as-certificate"}


def run(*command, status=(0,), **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if done.returncode not in status:
        sys.exit(f"{command[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


def refused_by_check_jsonschema(schema, files):
    done = run("check-jsonschema", "--schemafile", schema, "--default-filetype", "toml", "--output-format", "json",
               *files, status=(0, 1))
    answer = json.loads(done.stdout)
    return {Path(error["filename"]) for key in ("errors", "parse_errors") for error in answer.get(key, [])}


def refused_by_taplo(schema, files):
    def refuses(*paths):
        return run("taplo", "lint", "--no-auto-config", "--colors", "never", "--schema", schema.as_uri(), *paths,
                   status=(0, 1)).returncode == 1

    # One by one only where there is something to find: of several files, what it says runs into each other.
    return {path for path in files if refuses(path)} if refuses(*files) else set()


def refused_by_tombi(schema, files):
    with tempfile.TemporaryDirectory() as folder:
        # Tombi reads only what lies beside its config, and shows paths from there.
        Path(folder, "tombi.toml").write_text(
            f'[[schemas]]\npath = {json.dumps(str(schema))}\ninclude = ["*.copy.toml"]\n')
        copies = {f"{number}.copy.toml": path for number, path in enumerate(files)}
        for name, path in copies.items():
            Path(folder, name).write_bytes(path.read_bytes())
        said = Path(folder, "said.json")
        done = run("tombi", "lint", "--offline", "--diagnostics-format", "json", "--diagnostics-file", said, *copies,
                   cwd=folder, status=(0, 1))
        counts = [int(count) for count in re.findall(r"(\d+) files? ", done.stdout + done.stderr)]
        assert sum(counts) == len(files), done.stdout + done.stderr
        diagnostics = json.loads(said.read_text())
        return {copies[Path(said["path"]).name] for said in diagnostics if said["level"] == "error"}


TOOLS = {
    "check-jsonschema": refused_by_check_jsonschema,
    "taplo": refused_by_taplo,
    "tombi": refused_by_tombi,
}


def is_toml_1_0(path):
    """Whether it has nothing of TOML 1.1 and no byte order mark, which soclint reads and the tools do not."""
    try:
        tomllib.loads(path.read_text())
        return True
    except tomllib.TOMLDecodeError:
        return False


def manifests(folder):
    return sorted({*folder.rglob("scope.toml"), *folder.rglob("*.scope.toml")})


def estates():
    """Of each company, the tools refuse those manifests that soclint could not read, and no other."""
    for estate in sorted(path for path in (FIXTURES / "estates").iterdir() if path.is_dir()):
        done = run(os.environ["SOCLINT_PROGRAM"], "check", "--fail-on", "never", "--format", "json", "--root", estate)
        findings = json.loads(done.stdout)["findings"]

        def of(rules):
            return {estate / finding["location"]["path"] for finding in findings if finding["rule"] in rules}

        files, unread, misfiled = manifests(estate), of(READING), of(MISFILED)
        for tool, refused_by in TOOLS.items():
            refused = refused_by(SCHEMAS / "manifest.schema.json", files)
            beyond = {path for path in files if path not in unread and not is_toml_1_0(path)}
            wrong = (refused ^ unread) - misfiled - beyond
            for path in sorted(wrong):
                print(f"refused by {tool if path in refused else 'soclint'} only: {path}", file=sys.stderr)
            if wrong:
                sys.exit(1)
            print(f"{estate.name}: {tool} accepts {len(files) - len(refused)} of {len(files)} manifests")


def broken():
    """What is broken in a way that a schema can know of is refused by each."""
    # What a waiver may name, what text is a place or like a store, and what another key says, no schema can know.
    unknowable = re.compile(r"waiver-for-no-rule|-no-place|looks-like-a-store|known-framework|framework-states-it")
    # A date where text belongs is text in JSON, and 1.0 is 1. Tombi knows TOML better.
    not_in_json = re.compile(r"date-for-text|fraction-for-a-type")
    folders = (FIXTURES / "broken" / rule for rule in ("unknown-key", "unknown-value", "wrong-type"))
    files = [path for folder in folders for path in manifests(folder)
             if not unknowable.search(str(path.relative_to(PROJECT)))]
    for tool, refused_by in TOOLS.items():
        expected = {path for path in files if tool == "tombi" or not not_in_json.search(path.name)}
        accepted = expected - refused_by(SCHEMAS / "manifest.schema.json", sorted(expected))
        for path in sorted(accepted):
            print(f"accepted by {tool}: {path}", file=sys.stderr)
        if accepted:
            sys.exit(1)
        print(f"{tool} refuses {len(expected)} broken manifests")


def configs():
    """Every config among the fixtures is accepted, and wrong ones are not."""
    good = sorted(path for path in FIXTURES.rglob("*soclint.toml") if path.name in ("soclint.toml", ".soclint.toml"))
    with tempfile.TemporaryDirectory() as folder:
        wrong = []
        for number, text in enumerate((
            'fail-on = "sometimes"\n',
            "exclude = 3\n",
            "[rules]\nstale-report = 1\n",
            '[rules]\nno-such-rule = "error"\n',
            "[policy]\nsecret-store = []\n",
            "odd = true\n",
        )):
            wrong.append(Path(folder, f"{number}.toml").resolve())
            wrong[-1].write_text(text)
        for tool, refused_by in TOOLS.items():
            refused = refused_by(SCHEMAS / "config.schema.json", good + wrong)
            if refused != set(wrong):
                odd = sorted(map(str, refused ^ set(wrong)))
                sys.exit(f"{tool} judges these configs otherwise than soclint: {odd}")
            print(f"{tool} accepts {len(good)} configs and refuses {len(wrong)}")


def chapter_blocks():
    return re.findall(r"```toml\n(.*?)```", (PROJECT / "docs/editors.md").read_text(), re.S)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def estate_with_schemas(folder):
    """A company's repository with the schemas in it, as the chapter says: a good manifest, a bad one, a bad config."""
    for name in ("manifest", "config"):
        write(folder / f".soclint/{name}.schema.json", run(os.environ["SOCLINT_PROGRAM"], "schema", name).stdout)
    write(folder / "good/scope.toml", '[services.a]\nexposure = "internal"\n')
    write(folder / "bad/pay.scope.toml", "[services.a]\nkynd = 1\n")
    write(folder / "bad/soclint.toml", 'fail-on = "sometimes"\n')


def setups():
    """The chapter's settings do what it says, and so does a first line that names the schema."""
    tombi = next(block for block in chapter_blocks() if block.startswith("[[schemas]]"))
    taplo = next(block for block in chapter_blocks() if block.startswith("[[rule]]"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        estate_with_schemas(folder)
        write(folder / "tombi.toml", tombi)
        write(folder / ".taplo.toml", taplo)
        for command in (("tombi", "lint", "--offline"), ("taplo", "lint", "--colors", "never")):
            run(*command, "good/scope.toml", cwd=folder)
            for bad in ("bad/pay.scope.toml", "bad/soclint.toml"):
                run(*command, bad, cwd=folder, status=(1,))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        estate_with_schemas(folder)
        for path in ("good/scope.toml", "bad/pay.scope.toml"):
            named = f"#:schema ../.soclint/manifest.schema.json\n{(folder / path).read_text()}"
            write(folder / path, named)
            json_line = run(os.environ["SOCLINT_PROGRAM"], "check", "--fail-on", "never", "--format", "concise",
                            "--root", folder / "good").stdout
            assert json_line.startswith("0 errors"), json_line
        for command in (("tombi", "lint", "--offline"), ("taplo", "lint", "--colors", "never")):
            run(*command, "good/scope.toml", cwd=folder)
            run(*command, "bad/pay.scope.toml", cwd=folder, status=(1,))
    print("the settings of docs/editors.md, and a first line, bring the schemas to tombi and taplo")


class Server:
    """A language server, spoken to as an editor does."""

    def __init__(self, command, folder):
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)
        self.last = 0

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.process.stdout.readline().strip()) or not length:
            if not line and self.process.poll() is not None:
                sys.exit(f"{self.process.args} ended with {self.process.returncode}")
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def ask(self, method, params):
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.last and "method" not in message:
                if "error" in message:
                    sys.exit(f"{self.process.args[0]} answers {method} with {message['error']}")
                return message["result"]
            if "method" in message and "id" in message:
                # What an editor without settings says.
                items = message.get("params") or {}
                answer = [{"schema": {"enabled": True, "catalogs": []}}] * len(items.get("items", [])) if message["method"] == "workspace/configuration" else None
                self.send({"id": message["id"], "result": answer})

    def tell(self, method, params):
        self.send({"method": method, "params": params})


def labels(answer):
    items = answer["items"] if isinstance(answer, dict) else answer or []
    return {item["label"] for item in items}


def completion():
    """In a manifest whose first line names the schema, keys and values are offered."""
    taplo = ["node", str(Path(__file__).with_name("taplo-lsp.mjs")), os.environ["TAPLO_LSP"]]
    for name, command in ("tombi", ["tombi", "lsp", "--offline"]), ("taplo", taplo):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place).resolve()
            estate_with_schemas(folder)
            path = folder / "good/scope.toml"
            text = "#:schema ../.soclint/manifest.schema.json\n[services.payouts]\n\nfinancial-impact = \n"
            write(path, text)
            server = Server(command, folder)
            try:
                server.ask("initialize", {
                    "processId": None, "rootUri": folder.as_uri(),
                    "workspaceFolders": [{"uri": folder.as_uri(), "name": "estate"}],
                    "capabilities": {"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}},
                })
                server.tell("initialized", {})
                document = {"uri": path.as_uri(), "languageId": "toml", "version": 1, "text": text}
                server.tell("textDocument/didOpen", {"textDocument": document})
                offered = {}
                for line, column in ((2, 0), (3, len("financial-impact = "))):
                    for _ in range(50):
                        answer = server.ask("textDocument/completion", {
                            "textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column},
                        })
                        offered[line] = labels(answer)
                        if offered[line]:
                            break
            finally:
                server.process.kill()
                server.process.wait()
            keys, values = offered[2], {value.strip('"') for value in offered[3]}
            assert {"exposure", "claims", "depends-on"} <= keys, (name, keys)
            assert {"direct", "none"} <= values, (name, values)
            print(f"{name} completes keys ({len(keys)}) and values ({', '.join(sorted(values))})")


if __name__ == "__main__":
    {"estates": estates, "broken": broken, "configs": configs, "setups": setups, "completion": completion}[sys.argv[1]]()
