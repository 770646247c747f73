#!/usr/bin/env bash
# One check that all can express, on the same 2,000 files: soclint beside two TOML linters and a validator, all by JSON
# Schema, and a policy engine. Prints times as ratios to soclint's, all measured in turn in one run, and fails if one
# of them does not report the one file that breaks the check, and no other.
#
#   benches/peers.sh [ROUNDS]
#
# What it needs it installs into a temporary folder, or into SOCLINT_TOOLS, where it then stays; building two programs
# from source takes some minutes. SOCLINT_PROGRAM names a built soclint.
# shellcheck source-path=SCRIPTDIR source=../tests/real-tools/lib.sh
. "$(dirname "$0")/../tests/real-tools/lib.sh"

readonly REGORUS=0.14.1

need cargo python3
python_tools check-jsonschema taplo tombi

if [[ ! -x $tools/regorus/bin/regorus ]]; then
  say "builds regorus $REGORUS from crates.io"
  # Its command line is an example of the crate; optimised as its makers say, but without what debuggers read.
  CARGO_TARGET_DIR=$work/regorus CARGO_PROFILE_RELEASE_DEBUG=0 cargo install --quiet --locked \
    --root "$tools/regorus" --version "=$REGORUS" --example regorus regorus
fi
PATH=$tools/regorus/bin:$PATH

if [[ -z ${SOCLINT_PROGRAM:-} ]]; then
  say 'builds soclint as it is released'
  cargo build --locked --release --quiet
  SOCLINT_PROGRAM=$(target_directory)/release/soclint
fi
export SOCLINT_PROGRAM NO_COLOR=1 RUST_LOG=error
python3 benches/peers.py "$work/peers" "$REGORUS" "${1:-11}"
