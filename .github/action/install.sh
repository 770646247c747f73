#!/usr/bin/env bash
# Finds the program for action.yml: a released binary whose checksum and attestation hold, or a build of the action's own
# source. The working folder is an unreviewed checkout: nothing in it is run, or decides what is.
# Written for bash 3.2, which macOS has.
#
# SOCLINT_RELEASES may name a mirror of the releases; its operator is responsible for its content.
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

# Says why nothing is run, and ends the run: `set -e` does not hold where a function is a condition.
refuse() {
  echo "::error title=soclint::$1"
  exit 2
}

# Ends with 1 if there is no such file. Any other trouble ends the run: it must not decide what is taken.
fetch() {
  local code status=0
  code=$(curl --silent --show-error --location --retry 3 --fail --write-out '%{http_code}' --output "$2" "$1") || status=$?
  case "$status-$code" in
    0-*) ;;
    # Not there; the second is of a mirror in a folder (file://).
    22-404 | 37-*) return 1 ;;
    *) refuse "$1 cannot be fetched." ;;
  esac
}

build() {
  echo "building soclint $(own_version) from source"
  command -v cargo >/dev/null || refuse "There is no released binary to take, and no cargo to build one."
  # Cargo and rustup look for their configuration from the working folder up.
  (cd "$ACTION_PATH/.github/action" && unset RUSTUP_TOOLCHAIN && cargo install --locked --quiet --path ../.. --root "$into") ||
    refuse "soclint cannot be built from its source."
}

# Ends with 1 if the release has no such binary. What does not fit its checksum ends the run.
take() {
  local name=soclint-$1-$2.tar.gz
  fetch "$releases/v$1/$name" "$into/$name" || return 1
  fetch "$releases/v$1/$name.sha256" "$into/$name.sha256" || refuse "The release has no checksum for $name."
  verify "$name" || refuse "The checksum of $name does not hold; nothing of it was run."
  attested "$into/$name" || refuse "No attestation shows that the release workflow of soclint built $name; nothing of it was run."
  mkdir -p "$into/bin" || refuse "$into/bin cannot be made."
  tar -xzf "$into/$name" -C "$into/bin" --strip-components 1 || refuse "$name cannot be unpacked."
}

# The checksum is beside the binary: one who can replace it can replace both. Where GitHub's own tool is, it
# shows that the release workflow made the file.
attested() {
  [ -z "${SOCLINT_RELEASES:-}" ] || return 0
  # The token of another server is none there.
  [ "${GITHUB_SERVER_URL:-}" = https://github.com ] || return 0
  command -v gh >/dev/null || return 0
  gh attestation verify --help >/dev/null 2>&1 || return 0
  gh attestation verify "$1" --hostname github.com --repo soclint/soclint \
    --signer-workflow soclint/soclint/.github/workflows/release.yml >/dev/null
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
      refuse "\`version\` is no version; write it as 0.1.0, or \`source\`."
    fi
    target=$(target)
    if [ -z "$target" ] || ! take "$wanted" "$target"; then
      refuse "There is no soclint $wanted for $RUNNER_OS on $RUNNER_ARCH."
    fi
    ;;
esac

program=$into/bin/soclint
[ "$RUNNER_OS" != Windows ] || program=$program.exe
[ -f "$program" ] || refuse "What was taken or built holds no program."
"$program" --version
echo "program=$program" >>"$GITHUB_OUTPUT"
