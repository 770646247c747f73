#!/usr/bin/env bash
# The crate: it holds what builds and runs, and nothing else, and builds from that alone.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need cargo git

say 'what is in it'
# Uncommitted changes are no matter here: CI has none.
cargo package --list --locked --allow-dirty --quiet | sort >"$work/listed"
{
  git ls-files -- src schemas README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT Cargo.toml Cargo.lock
  # What cargo adds.
  printf '%s\n' .cargo_vcs_info.json Cargo.toml.orig
} | sort >"$work/meant"
diff "$work/meant" "$work/listed" || fail 'the package (>) does not hold what is meant (<)'
wc -l <"$work/listed"

say 'it builds'
cargo package --locked --allow-dirty --quiet
