#!/usr/bin/env python3
"""Mutates whole estates at random, and looks at what the program does with them.

    fuzz/estates.py [--seconds 300] [--seed 1] [--program target/debug/soclint]

Each round copies an estate of fixtures/estates, adds a file of known faults, and changes a few things at once: bytes,
words and lines of manifests, of the config and of the baseline; names of files and folders; ignore files, links, pipes
and evidence. The same seed gives the same rounds. It looks for

- a panic, a signal, a status other than 0, 1 and 2, or a run of over 10 seconds;
- statuses that differ between formats, and output beside status 2;
- JSON, SARIF, GitLab's JSON, JUnit and ICS that cannot be read; ICS lines of over 75 bytes;
- control characters, characters that hide or turn text, and commands of build servers in what is printed;
- other bytes with eight threads than with one, and in a second run;
- findings that are lost in the file that was not touched, while the run counts;
- a file that `--diff` changes, and a second `--fix` that still finds something to do;
- a finding that is new right after `baseline write`.

What fails is kept in fuzz/artifacts/estates, a folder each, with what was seen in WHY.
"""

import argparse, json, os, pathlib, random, re, shutil, subprocess, sys, tempfile, time
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
AS_OF = "2026-10-01"
KNOWN = """namespace = "untouched"
[services.a]
financial-impact = "direct"
claims = "soc2"
[services.b]
lifecycle = "produktion!"
kynd = "saas"
since = 2026-02-30
depends-on = 7
[reports.soc2]
framework = "soc2"
covers = ["a", "nowhere"]
[identities.k]
kind = "api-key"
credential = "static-secret"
store = "source-code"
access = { service = "a", actions = "release-payment" }
rotation = { every = "soon" }
[reports.without-framework]
status = "planned"
[data."no id"]
"""
READING = ["unknown-key", "unknown-value", "invalid-date", "wrong-type", "invalid-duration", "missing-key", "invalid-id"]
WORDS = [
    '""', '"*"', '"**/x"', '"../../x"', '"/etc/passwd"', '"/dev/zero"', '"a/b"', '"\\u0000"', '"\\u202E"', "[]", "{}", "[[",
    "]]", "[", "]", "{", "}", "=", "==", "'", '"', '"""', "#", "\n", "\r\n", "\r", "\t", "\x1b[31m", "\u202e", "\u200b",
    "\ufeff", "##[debug]x", "##vso[task.complete]x", "::error::x", "]]>", "<script>", "|", "`", "true", "0", "-1", "1e999",
    "0x7fffffffffffffff", "9223372036854775808", "2026-13-45", "0001-01-01", "9999-12-31", "2026-02-30", "1979-05-27T07:32:00Z",
    '"99999999y"', '"0d"', '"soc1"', '"soc2"', '"out"', '"retired"', '"planned"', "namespace", "owner", "[services.a]",
    "[[services]]", "[services]", "[profiles.p]", "[[waivers]]", '[organization]', "extends", "x" * 300, "[" * 300, "a." * 200,
]
NAMES = ["x\ny", "##[debug]", "%0A", "-rf", " ", "é", "e\u0301", "\u202e", "$(id)", "'", '"', "a" * 200, ".hidden", "CON", "*", "[a]", "{b}"]
IGNORES = ["*\n", "!*\n", "scope.toml\n", "**/*.toml\n", "[\n", "\\\n", "x" * 100_000 + "\n", "/*/*\n", "\xff\n"]


class Failure(Exception):
    pass


def mutate_text(rng, text):
    """Changes bytes, words or lines."""
    data = text
    for _ in range(rng.randint(1, 5)):
        lines = data.split(b"\n")
        at = rng.randrange(len(lines))
        kind = rng.randrange(9)
        if kind == 0 and data:
            spot = rng.randrange(len(data))
            data = data[:spot] + bytes([rng.randrange(256)]) + data[spot + 1 :]
        elif kind == 1:
            spot = rng.randrange(len(data) + 1)
            data = data[:spot] + rng.choice(WORDS).encode("utf-8", "surrogatepass") + data[spot:]
        elif kind == 2:
            del lines[at]
            data = b"\n".join(lines)
        elif kind == 3:
            lines.insert(rng.randrange(len(lines) + 1), lines[at])
            data = b"\n".join(lines)
        elif kind == 4:
            other = rng.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
            data = b"\n".join(lines)
        elif kind == 5:
            key, equals, _ = lines[at].partition(b"=")
            if equals:
                lines[at] = key + b"= " + rng.choice(WORDS).encode("utf-8", "surrogatepass")
                data = b"\n".join(lines)
        elif kind == 6:
            data = data[: rng.randrange(len(data) + 1)]
        elif kind == 7:
            words = re.findall(rb"[A-Za-z0-9_-]+", data)
            if words:
                data = data.replace(rng.choice(words), rng.choice(words), rng.randint(1, 3))
        elif kind == 8:
            data = data.replace(b"\n", b"\r\n") if rng.random() < 0.5 else b"\xef\xbb\xbf" + data
    return data


def mutate(rng, estate):
    """Changes a few things of an estate, and says which."""
    done = []
    for _ in range(rng.randint(1, 5)):
        files = sorted(p for p in estate.rglob("*") if p.is_file() and not p.is_symlink() and p.name != "untouched.scope.toml")
        manifests = [p for p in files if p.name.endswith("scope.toml")]
        kind = rng.randrange(10)
        try:
            if kind <= 4 and manifests:
                path = rng.choice(manifests)
                path.write_bytes(mutate_text(rng, path.read_bytes()))
            elif kind == 5:
                path = estate / "soclint.toml"
                path.write_bytes(mutate_text(rng, path.read_bytes() if path.exists() else b"[rules]\n"))
            elif kind == 6 and manifests:
                path = rng.choice(manifests)
                path.rename(path.with_name(rng.choice(NAMES) + ".scope.toml"))
            elif kind == 7 and files:
                path = rng.choice(files).parent / rng.choice([".gitignore", ".ignore"])
                if rng.random() < 0.7:
                    path.write_bytes(rng.choice(IGNORES).encode("latin-1"))
                else:
                    path.unlink(missing_ok=True)
                    path.symlink_to(rng.choice(["/dev/zero", "/dev/stdin", "nowhere", "."]))
            elif kind == 8 and files:
                path = rng.choice(files)
                path = path.with_name("linked.scope.toml")
                what = rng.randrange(3)
                if what == 0:
                    path.symlink_to(rng.choice(["..", "/etc/passwd", "/dev/zero", "scope.toml", "linked.scope.toml"]))
                elif what == 1:
                    os.mkfifo(path)
                else:
                    path.mkdir()
            elif kind == 9:
                others = [p for p in files if p not in manifests and p.suffix != ".toml"]
                if others:
                    path = rng.choice(others)
                    rng.choice([lambda: path.unlink(), lambda: path.write_bytes(b""), lambda: path.write_bytes(b"\n")])()
        except (FileExistsError, OSError) as error:
            path = f"not done: {error}"
        done.append(f"{kind} {path if 'path' in dir() else ''}")
    return done


def run(program, estate, *arguments, threads=1):
    environment = {"PATH": os.environ["PATH"], "RAYON_NUM_THREADS": str(threads), "SOCLINT_AS_OF": AS_OF, "COLUMNS": "100"}
    try:
        result = subprocess.run(
            [program, *arguments], cwd=estate, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=10
        )
    except subprocess.TimeoutExpired:
        raise Failure(f"{arguments}: over 10 seconds")
    if result.returncode not in (0, 1, 2):
        raise Failure(f"{arguments}: status {result.returncode}: {result.stderr.decode(errors='replace')}")
    if b"panicked at" in result.stderr:
        raise Failure(f"{arguments}: a panic: {result.stderr.decode(errors='replace')}")
    return result


UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u061c\u00ad\u180e]")
COMMAND = re.compile(r"##[a-z]*\[", re.I)


def printed(arguments, text, keeps_returns=False):
    found = UNSAFE.search(text.replace("\r\n", "\n") if keeps_returns else text)
    if found:
        raise Failure(f"{arguments}: prints {found.group()!r} at {text[max(0, found.start() - 40) : found.start() + 40]!r}")
    if "sarif" not in arguments and (found := COMMAND.search(text)):
        raise Failure(f"{arguments}: prints a command at {text[max(0, found.start() - 40) : found.start() + 40]!r}")


def subjects(document):
    everything = document["findings"] + document["waived"] + document["baselined"]
    return {(f["rule"], f["subject"]) for f in everything if f["location"]["path"].endswith("untouched.scope.toml")}


def files_of(estate):
    return {p: p.read_bytes() for p in estate.rglob("*") if p.is_file() and not p.is_symlink()}


def look(program, estate, known):
    first = run(program, estate, "check", "--format", "json")
    for threads in (1, 8):
        again = run(program, estate, "check", "--format", "json", threads=threads)
        if (again.returncode, again.stdout) != (first.returncode, first.stdout):
            raise Failure(f"{threads} threads give other bytes")
    if first.returncode == 2 and first.stdout:
        raise Failure("output beside status 2")
    for name in ("json", "sarif", "gitlab", "junit", "markdown", "pretty", "concise", "github"):
        result = run(program, estate, "check", "--format", name, "--show-waived")
        if result.returncode != first.returncode:
            raise Failure(f"{name} ends with {result.returncode}, json with {first.returncode}")
        text = result.stdout.decode("utf-8")
        printed(("check", name), text)
        printed(("check", name, "stderr"), result.stderr.decode("utf-8"))
        if result.returncode == 2:
            continue
        if name in ("json", "sarif", "gitlab"):
            json.loads(text)
        elif name == "junit":
            xml.etree.ElementTree.fromstring(text)
    if first.returncode == 2:
        return
    document = json.loads(first.stdout)
    if lost := known - subjects(document):
        raise Failure(f"lost in the file that was not touched: {sorted(lost)}")
    calendar = run(program, estate, "forecast", "--format", "ics", "--until", "2028-01-01")
    if calendar.returncode == 0:
        text = calendar.stdout.decode("utf-8")
        printed(("forecast", "ics"), text, keeps_returns=True)
        if any(len(line) > 75 for line in calendar.stdout.split(b"\r\n")):
            raise Failure("ICS has a line of over 75 bytes")
        if text.count("\r\nBEGIN:VEVENT") != text.count("\r\nEND:VEVENT"):
            raise Failure("ICS events do not end")
    before = files_of(estate)
    run(program, estate, "check", "--diff")
    if files_of(estate) != before:
        raise Failure("--diff changes files")
    written = run(program, estate, "baseline", "write", "adopted.toml")
    if written.returncode == 0:
        adopted = run(program, estate, "check", "--format", "json", "--baseline", "adopted.toml", "--fail-on", "note")
        if adopted.returncode != 0:
            raise Failure("new right after `baseline write`: " + adopted.stdout.decode()[:2000])
        (estate / "adopted.toml").unlink()
    fixed = run(program, estate, "check", "--fix")
    if fixed.returncode < 2:
        again = run(program, estate, "check", "--diff")
        if again.stdout:
            raise Failure("a second --fix finds something to do: " + again.stdout.decode(errors="replace")[:2000])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", default=str(ROOT / "target/debug/soclint"))
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    estates = sorted(p for p in (ROOT / "fixtures/estates").iterdir() if p.is_dir())
    with tempfile.TemporaryDirectory() as folder:
        alone = pathlib.Path(folder)
        (alone / "untouched.scope.toml").write_text(KNOWN)
        known = subjects(json.loads(run(program, alone, "check", "--root", ".", "--format", "json").stdout))
    # What is said of the text alone: what else is found may be settled elsewhere, or turned off.
    known = {one for one in known if one[0] in READING}
    assert len(known) == len(READING), known
    start, rounds, failures = time.monotonic(), 0, 0
    while time.monotonic() - start < options.seconds:
        rng = random.Random(f"{options.seed} {rounds}")
        with tempfile.TemporaryDirectory() as folder:
            estate = pathlib.Path(folder) / "estate"
            shutil.copytree(rng.choice(estates), estate)
            (estate / ".git").mkdir(exist_ok=True)
            (estate / "untouched.scope.toml").write_text(KNOWN)
            done = mutate(rng, estate)
            kept = pathlib.Path(folder) / "kept"
            shutil.copytree(estate, kept, symlinks=True, ignore=lambda d, names: [n for n in names if (pathlib.Path(d) / n).is_fifo()])
            try:
                look(program, estate, known)
            except (Failure, ValueError, xml.etree.ElementTree.ParseError) as failure:
                failures += 1
                where = ROOT / "fuzz/artifacts/estates" / f"{options.seed}-{rounds}"
                shutil.rmtree(where, ignore_errors=True)
                shutil.copytree(kept, where, symlinks=True)
                (where / "WHY").write_text(f"{failure}\n\n" + "\n".join(done) + "\n")
                print(f"seed {options.seed}, round {rounds}: {str(failure)[:300]}", flush=True)
        rounds += 1
    print(f"{rounds} estates from seed {options.seed}, {failures} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
