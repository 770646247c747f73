#!/usr/bin/env bash
# Finds the program for action.yml: a released binary whose checksum holds, or a build of the action's own source.
# Written for bash 3.2, which macOS has.
#
# SOCLINT_RELEASES may name a mirror of the releases.
set -euo pipefail

releases=${SOCLINT_RELEASES:-https://github.com/soclint/soclint/releases/download}
into=$RUNNER_TEMP/soclint
mkdir -p "$into"

own_version() {
  sed -n 's/^version = "\(.*\)"$/\1/p' "$ACTION_PATH/Cargo.toml" | head -n 1
}

target() {
  case "$RUNNER_OS-$RUNNER_ARCH" in
    Linux-X64) echo x86_64-unknown-linux-gnu ;;
    Linux-ARM64) echo aarch64-unknown-linux-gnu ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
  esac
}

# Ends with 1 if there is no such file. Any other trouble ends the run: it must not decide what is taken.
fetch() {
  local code status=0
  code=$(curl --silent --show-error --location --retry 3 --fail --write-out '%{http_code}' --output "$2" "$1") || status=$?
  case "$status-$code" in
    0-*) ;;
    # Not there; the second is of a mirror in a folder (file://).
    22-404 | 37-*) return 1 ;;
    *)
      echo "::error title=soclint::$1 cannot be fetched."
      exit 2
      ;;
  esac
}

build() {
  echo "building soclint $(own_version) from source"
  if ! command -v cargo >/dev/null; then
    echo "::error title=soclint::There is no released binary to take, and no cargo to build one."
    exit 2
  fi
  cargo install --locked --quiet --path "$ACTION_PATH" --root "$into"
}

# Ends with 1 if the release has no such binary. What does not fit its checksum ends the run.
take() {
  local name=soclint-$1-$2.tar.gz
  fetch "$releases/v$1/$name" "$into/$name" || return 1
  fetch "$releases/v$1/$name.sha256" "$into/$name.sha256" || {
    echo "::error title=soclint::The release has no checksum for $name."
    exit 2
  }
  if ! verify "$name"; then
    echo "::error title=soclint::The checksum of $name does not hold; nothing of it was run."
    exit 2
  fi
  mkdir -p "$into/bin"
  tar -xzf "$into/$name" -C "$into/bin" --strip-components 1
}

# The checksum must be of that very file, and of no other.
verify() (
  cd "$into"
  [ "$(awk '{ print $2 }' "$1.sha256")" = "$1" ] || return 1
  if command -v sha256sum >/dev/null; then
    sha256sum --check --strict --quiet "$1.sha256"
  else
    shasum --algorithm 256 --check --quiet "$1.sha256"
  fi
)

wanted=${SOCLINT_VERSION#v}
case "$wanted" in
  source) build ;;
  "")
    target=$(target)
    if [ -z "$target" ] || ! take "$(own_version)" "$target"; then
      build
    fi
    ;;
  *)
    if ! [[ $wanted =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]]; then
      echo "::error title=soclint::\`version\` is no version; write it as 0.1.0, or \`source\`."
      exit 2
    fi
    target=$(target)
    if [ -z "$target" ] || ! take "$wanted" "$target"; then
      echo "::error title=soclint::There is no soclint $wanted for $RUNNER_OS on $RUNNER_ARCH."
      exit 2
    fi
    ;;
esac

program=$into/bin/soclint
[ "$RUNNER_OS" != Windows ] || program=$program.exe
"$program" --version
echo "program=$program" >>"$GITHUB_OUTPUT"
