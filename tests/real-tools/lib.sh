# shellcheck shell=bash
# What the scripts beside it share; each sources it first. What they install and make lies in temporary folders.
#
# SOCLINT_TOOLS names a folder where tools stay from one script to the next, as `.ci/run` has it; SOCLINT_PROGRAM a
# program to prove instead of the one that `cargo build` makes.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
project=$PWD
here=$project/tests/real-tools

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tools=${SOCLINT_TOOLS:-$work/tools}
mkdir -p "$tools"

# The bundled companies are described as of this day.
export SOCLINT_AS_OF=2026-10-01
# The machine's own settings shall not decide what a script finds.
export GIT_CONFIG_GLOBAL=$work/gitconfig GIT_CONFIG_NOSYSTEM=1
cat >"$GIT_CONFIG_GLOBAL" <<'CONFIG'
[user]
  name = real-tools
  email = real-tools@soclint.invalid
[init]
  defaultBranch = main
[safe]
  directory = *
CONFIG

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || fail "needs $tool"
  done
}

say() {
  printf -- '-- %s\n' "$*"
}

# Runs the rest, and fails unless it ends with the status given first. What it says lies in $work/said afterwards.
ends_with() {
  local expected=$1 status=0
  shift
  "$@" >"$work/said" 2>&1 || status=$?
  if ((status != expected)); then
    cat "$work/said" >&2
    fail "ended with $status, not with $expected: $*"
  fi
}

# Fails unless what was last said holds each of these.
said() {
  local text
  for text in "$@"; do
    if ! grep -qF -e "$text" "$work/said"; then
      cat "$work/said" >&2
      fail "nothing was said of: $text"
    fi
  done
}

# Fails if what was last said holds one of these.
not_said() {
  local text
  for text in "$@"; do
    if grep -qF -e "$text" "$work/said"; then
      cat "$work/said" >&2
      fail "said: $text"
    fi
  done
}

target_directory() {
  cargo metadata --format-version 1 --locked --no-deps |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])'
}

# Where the program lies that `cargo build` makes; made if it is not there.
built_program() {
  local program
  program=${SOCLINT_PROGRAM:-$(target_directory)/debug/soclint}
  [[ -x $program ]] || cargo build --locked --quiet
  [[ -x $program ]] || fail "there is no $program"
  printf '%s\n' "$program"
}

# Installs tools of requirements.txt by name, and puts them on the PATH.
python_tools() {
  local venv=$tools/venv name wanted=()
  need python3
  if [[ ! -x $venv/bin/pip ]] && ! python3 -m venv "$venv"; then
    # Debian and Ubuntu ship it apart.
    ((EUID == 0)) || fail "Python cannot make virtual environments here; install python3-venv"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y python3-venv
    python3 -m venv --clear "$venv"
  fi
  for name in "$@"; do
    wanted+=("$(grep "^$name==" "$here/requirements.txt")") || fail "requirements.txt does not have $name"
  done
  "$venv/bin/pip" install --quiet --disable-pip-version-check "${wanted[@]}"
  PATH=$venv/bin:$PATH
}

# Puts shellcheck on the PATH; Debian has it, and so have GitHub's runners.
shell_tools() {
  if ! command -v shellcheck >/dev/null; then
    mkdir -p "$tools/debian"
    # As Debian's package, but not installed.
    (cd "$tools/debian" && apt-get download -qq shellcheck && dpkg -x shellcheck_*.deb .)
    PATH=$tools/debian/usr/bin:$PATH
  fi
  need shellcheck
}

# Installs a package of npm's; nothing that it brings is run by that.
npm_tool() {
  need node npm
  mkdir -p "$tools/npm"
  # What they say of funding and updates is no matter here; what is missing shows below.
  npm install --prefix "$tools/npm" --silent --no-audit --no-fund --ignore-scripts "$@" >&2
}

# Microsoft's SARIF validator. The package's own starter hides what it ends with. It would look whether the links in a log
# lead anywhere, and wait long for names that no one answers for; a proxy that is not there says at once that they do not.
multitool() {
  local binary=$tools/npm/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
  [[ -f $binary ]] || npm_tool @microsoft/sarif-multitool@5.7.0
  chmod u+x "$binary"
  http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 "$binary" "$@"
}

# OASIS' schema, as serde-sarif ships it.
sarif_schema() {
  cargo metadata --format-version 1 --locked | python3 -c '
import json, os, sys
packages = json.load(sys.stdin)["packages"]
manifest = next(p["manifest_path"] for p in packages if p["name"] == "serde-sarif")
print(os.path.join(os.path.dirname(manifest), "src", "schema.json"))'
}

# The files of the project as they are now, or those of them that are named, as a repository of their own: what a tool clones.
snapshot() {
  mkdir -p "$1"
  git ls-files -z --cached --others --exclude-standard -- "${@:2}" |
    python3 -c 'import os, sys; sys.stdout.buffer.write(b"".join(f + b"\0" for f in sys.stdin.buffer.read().split(b"\0") if f and os.path.lexists(f)))' |
    tar --create --null --files-from - | tar --extract --directory "$1"
  git -C "$1" init --quiet
  git -C "$1" add --all
  git -C "$1" commit --quiet --message snapshot
}

# Builds from source are made once for all scripts, and without what only makes the program fast.
light_builds() {
  CARGO_TARGET_DIR=$(target_directory)/real-tools
  export CARGO_TARGET_DIR
  export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
}
