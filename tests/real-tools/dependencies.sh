#!/usr/bin/env bash
# What may be among the dependencies: their licenses, sources and versions (`deny.toml`), and the Rust that they ask for.
# `dependencies.sh advisories` asks instead what is known against them.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need cargo python3

# Built from its source: there is no package of it that is new enough. A matching one on the PATH is taken as it is.
cargo_deny() {
  local version=0.20.2
  if [[ $(cargo-deny --version 2>/dev/null) != "cargo-deny $version" ]]; then
    if [[ ! -x $tools/cargo/bin/cargo-deny ]]; then
      # Optimized, it would take longer to build than it ever runs.
      cargo install cargo-deny --version "$version" --locked --debug --quiet --root "$tools/cargo"
    fi
    PATH=$tools/cargo/bin:$PATH
  fi
  cargo deny --locked --log-level warn "$@"
}

if [[ ${1-} == advisories ]]; then
  cargo_deny check advisories
  exit
fi

say 'the Rust that they ask for'
cargo metadata --format-version 1 --locked | python3 -c '
import json, sys
packages = json.load(sys.stdin)["packages"]
release = lambda version: [int(part) for part in version.split(".")][:2]
own = next(package["rust_version"] for package in packages if package["name"] == "soclint")
newer = [p for p in packages if p["rust_version"] and release(p["rust_version"]) > release(own)]
for package in newer:
    print("{name} {version} asks for Rust {rust_version}, and soclint for".format(**package), own, file=sys.stderr)
sys.exit(bool(newer))'

say 'licenses, bans, sources'
cargo_deny check licenses bans sources
