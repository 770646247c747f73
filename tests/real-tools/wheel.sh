#!/usr/bin/env bash
# The wheel: built with maturin, installed with pip into a clean virtual environment, run.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need cargo
python_tools maturin

say 'a wheel'
# Of what `cargo build` has made already: it is the packing that is proved here.
maturin build --profile dev --out "$work/dist"
wheels=("$work/dist"/*.whl)
[[ ${#wheels[@]} == 1 && -f ${wheels[0]} ]] || fail 'there is not one wheel'

# Whose work it is, and on which terms, goes with it.
python3 - "${wheels[0]}" <<'PYTHON'
import pathlib, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
for name in ["LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-NOTICES.txt"]:
    inside = [file for file in wheel.namelist() if file.endswith(f".dist-info/licenses/{name}")]
    assert [wheel.read(file) for file in inside] == [pathlib.Path(name).read_bytes()], f"{name}: {inside}"
PYTHON

python3 -m venv "$work/clean"
PATH=/usr/bin:/bin "$work/clean/bin/pip" install --quiet --disable-pip-version-check --no-index "${wheels[0]}"
program=$work/clean/bin/soclint
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
[[ $("$program" --version) == "soclint $version" ]] || fail "another version is installed than $version"
[[ $("$work/clean/bin/pip" list --disable-pip-version-check --format freeze) == *"soclint==$version"* ]] ||
  fail 'pip does not know it'
ends_with 0 "$program" check --root fixtures/estates/quillmarsh-payroll
said 'passed:'
ends_with 1 "$program" check --root fixtures/estates/talervik-pay
ends_with 0 "$program" explain stale-report
