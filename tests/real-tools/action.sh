#!/usr/bin/env bash
# The action's own scripts, run with a checkout that wants to decide what is run. No container and no network.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need tar sha256sum curl od
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
platform=$(uname -m)-unknown-linux-gnu
case $(uname -m) in
  x86_64) architecture=X64 ;;
  aarch64) architecture=ARM64 ;;
  *) fail "there are no releases for $(uname -m)" ;;
esac

# Stands in for the program, for cargo and for gh: each notes that it ran, and where.
bin=$work/bin ran=$work/ran
mkdir -p "$bin"
cat >"$work/program" <<'SH'
#!/usr/bin/env bash
echo "soclint of the release"
SH
cat >"$bin/cargo" <<'SH'
#!/usr/bin/env bash
echo "cargo in $PWD with ${RUSTUP_TOOLCHAIN-its own toolchain}: $*" >>"$RAN"
[ -z "${CARGO_FAILS:-}" ] || exit 1
while [ "$1" != --root ]; do shift; done
mkdir -p "$2/bin"
printf '#!/usr/bin/env bash\necho built\n' >"$2/bin/soclint"
chmod +x "$2/bin/soclint"
SH
cat >"$work/gh" <<'SH'
#!/usr/bin/env bash
echo "gh $*" >>"$RAN"
[[ $* != *--help* ]] || exit "${GH_KNOWS_NONE:-0}"
exit "${GH_STATUS:-0}"
SH
chmod +x "$work/program" "$bin/cargo" "$work/gh"

release() {
  local folder=$work/releases/v$version name=soclint-$version-$platform
  rm -rf "$work/releases" "$work/pack"
  mkdir -p "$folder" "$work/pack/$name"
  cp "$work/program" "$work/pack/$name/soclint"
  tar -C "$work/pack" -czf "$folder/$name.tar.gz" "$name"
  archive=$folder/$name.tar.gz
  summed
}

summed() {
  (cd "$(dirname "$archive")" && sha256sum "$(basename "$archive")" >"$(basename "$archive").sha256")
}

# A pull request's tree: whatever Rust's tools read from a working folder, and programs by the names of those that are run.
checkout=$work/checkout
mkdir -p "$checkout/.cargo" "$checkout/tc/bin" "$checkout/.github/action"
for name in cargo rustc gh curl tar sha256sum bash soclint; do
  # shellcheck disable=SC2016
  printf '#!/bin/sh\necho "%s of the checkout" >>"$RAN"\n' "$name" >"$checkout/$name"
  chmod +x "$checkout/$name"
done
cp "$checkout/cargo" "$checkout/rustc" "$checkout/tc/bin"
printf '[toolchain]\npath = "%s"\n' "$checkout/tc" >"$checkout/rust-toolchain.toml"
printf '%s\n' "$checkout/tc" >"$checkout/rust-toolchain"
printf '[build]\nrustc-wrapper = "%s/rustc"\n' "$checkout" >"$checkout/.cargo/config.toml"
cp "$checkout/rust-toolchain.toml" "$checkout/.github/action"

# Runs install.sh in the checkout, with variables given, and fails unless it ends with the status given first.
installs() {
  local expected=$1
  shift
  rm -rf "$work/temp" "$ran" "$work/output"
  mkdir -p "$work/temp/soclint"
  [[ $* != *BLOCKED=1* ]] || touch "$work/temp/soclint/bin"
  touch "$ran" "$work/output"
  (cd "$checkout" && ends_with "$expected" env RAN="$ran" PATH="$bin:$PATH" RUNNER_TEMP="$work/temp" RUNNER_OS=Linux \
    RUNNER_ARCH=$architecture GITHUB_OUTPUT="$work/output" ACTION_PATH="$project" SOCLINT_VERSION= \
    SOCLINT_RELEASES="file://$work/releases" "$@" bash "$project/.github/action/install.sh")
}

noted() {
  grep -qF -e "$1" "$ran" || { cat "$ran" >&2; fail "did not run: $1"; }
}

not_noted() {
  ! grep -qF -e "$1" "$ran" || { cat "$ran" >&2; fail "ran: $1"; }
}

none_is_taken() {
  [[ ! -s $work/output ]] || fail "a program is taken: $(<"$work/output")"
}

say 'a release is taken'
release
installs 0
said 'soclint of the release'
not_noted cargo
not_noted 'of the checkout'

say 'nothing of the checkout is run, nor decides what builds'
for variables in SOCLINT_VERSION=source SOCLINT_RELEASES=file:///nonexistent RUNNER_ARCH=RISCV64; do
  installs 0 "$variables" RUSTUP_TOOLCHAIN="$checkout/tc"
  said built
  noted "cargo in $project/.github/action with its own toolchain: install"
  not_noted 'of the checkout'
done
if command -v rustup >/dev/null; then
  # What rustup itself says of that folder, whatever lies in the checkout.
  (cd .github/action && env -u RUSTUP_TOOLCHAIN rustup show active-toolchain) >"$work/said" 2>&1
  said "$project/.github/action/rust-toolchain.toml"
fi

say 'trouble ends the run, and builds nothing in its place'
# What is unpacked here cannot be: its checksum holds all the same.
for damage in "printf 'not an archive'" "head -c 60 '$archive'" "tail -c +9 '$archive'" "cat '$work/program'"; do
  release
  bash -c "$damage" >"$work/damaged"
  mv "$work/damaged" "$archive"
  summed
  installs 2
  said 'cannot be unpacked'
  not_noted cargo
  none_is_taken
done
# Of these tar makes nothing, and says nothing.
for damage in "tar -cz -T /dev/null" "gzip -c '$work/program'" "tar -C '$checkout' -cz rustc"; do
  release
  bash -c "$damage" >"$archive"
  summed
  installs 2
  said 'holds no program'
  none_is_taken
done
# There is no room for it: where its folder belongs, a file stands.
release
installs 2 BLOCKED=1
said 'cannot be made'
not_noted cargo
none_is_taken
echo >>"$archive"
installs 2
said 'does not hold; nothing of it was run'
release
rm "$archive.sha256"
installs 2
said 'has no checksum'
release
sed -i 's/  .*/  other.tar.gz/' "$archive.sha256"
installs 2
said 'does not hold'
not_noted cargo
none_is_taken
installs 2 SOCLINT_VERSION=source CARGO_FAILS=1
said 'cannot be built'
none_is_taken
# shellcheck disable=SC2016
for wanted in $'0.2.0\nprogram=/x' '../..' '$(id)' '-rf' ' 0.1.0'; do
  installs 2 SOCLINT_VERSION="$wanted"
  said 'is no version'
  none_is_taken
done

say 'an attestation, where gh is there'
release
cp "$work/gh" "$bin/gh"
# A mirror's operator is responsible for it; elsewhere curl gets what is in the folder.
cat >"$bin/curl" <<'SH'
#!/usr/bin/env bash
url=${*: -1}
while [ "$1" != --output ]; do shift; done
cp "$FOLDER/${url##*/}" "$2" && printf 200
SH
chmod +x "$bin/curl"
folder=$(dirname "$archive")
installs 0 SOCLINT_RELEASES= GITHUB_SERVER_URL=https://github.com FOLDER="$folder"
noted "gh attestation verify $work/temp/soclint/$(basename "$archive") --hostname github.com --repo soclint/soclint"
installs 2 SOCLINT_RELEASES= GITHUB_SERVER_URL=https://github.com FOLDER="$folder" GH_STATUS=1
said 'No attestation shows'
none_is_taken
installs 0 SOCLINT_RELEASES= GITHUB_SERVER_URL=https://github.example.com FOLDER="$folder" GH_STATUS=1
not_noted 'gh attestation'
# One that is too old to know of attestations, a mirror, and a version that is asked for by name.
installs 0 SOCLINT_RELEASES= GITHUB_SERVER_URL=https://github.com FOLDER="$folder" GH_KNOWS_NONE=1 GH_STATUS=1
not_noted 'attestation verify --hostname'
installs 0 GITHUB_SERVER_URL=https://github.com FOLDER="$folder" GH_STATUS=1
not_noted gh
installs 2 SOCLINT_RELEASES= SOCLINT_VERSION="v$version" GITHUB_SERVER_URL=https://github.com FOLDER="$folder" GH_STATUS=1
said 'No attestation shows'
none_is_taken
rm "$bin/gh"
installs 0 SOCLINT_RELEASES= GITHUB_SERVER_URL=https://github.com FOLDER="$folder"
rm "$bin/curl"

# Runs check.sh with a program that prints what a hostile manifest could make it print.
cat >"$work/prints" <<'SH'
#!/usr/bin/env bash
for argument; do
  case $argument in --output=*=*) : >"${argument#--output=*=}" ;; esac
done
echo '::set-output name=x::y'
printf '::error::the last line does not end'
exit 1
SH
chmod +x "$work/prints"
checks() {
  local expected=$1
  shift
  rm -rf "$work/temp"
  mkdir -p "$work/temp"
  : >"$work/output"
  ends_with "$expected" env PROGRAM="$work/prints" RUNNER_TEMP="$work/temp" GITHUB_OUTPUT="$work/output" \
    GITHUB_STEP_SUMMARY="$work/summary" INPUT_PATHS= INPUT_CONFIG= INPUT_ROOT= INPUT_FAIL_ON= INPUT_FORMAT=pretty \
    INPUT_SARIF_FILE= INPUT_BASELINE= INPUT_CATEGORY= "$@" bash .github/action/check.sh
}

say 'commands are stopped around the program'
checks 0
stopped=$(sed -n 's/^::stop-commands::\([0-9a-f]\{32\}\)$/\1/p' "$work/said")
[[ -n $stopped ]] || { cat "$work/said" >&2; fail 'commands are not stopped'; }
[[ $(head -n 1 "$work/said") == "::stop-commands::$stopped" && $(tail -n 1 "$work/said") == "::$stopped::" ]] ||
  { cat "$work/said" >&2; fail 'commands are not stopped around all that the program prints'; }
checks 0
not_said "$stopped"
checks 0 INPUT_FORMAT=github
not_said stop-commands

# Runs views.sh with a program that writes what it was asked for.
cat >"$work/writes" <<'SH'
#!/usr/bin/env bash
echo "$*" >>"$RAN"
for argument; do
  case $argument in --output=*) echo "the list of $2" >"${argument#--output=}" ;; esac
done
exit "${PROGRAM_STATUS:-0}"
SH
chmod +x "$work/writes"
views() {
  local expected=$1
  shift
  rm -rf "$work/temp"
  mkdir -p "$work/temp"
  rm -f "$work/output" "$work/summary" "$ran"
  touch "$work/output" "$work/summary" "$ran"
  ends_with "$expected" env RAN="$ran" PROGRAM="$work/writes" RUNNER_TEMP="$work/temp" GITHUB_OUTPUT="$work/output" \
    GITHUB_STEP_SUMMARY="$work/summary" GITHUB_API_URL= GITHUB_REPOSITORY=example/estate GH_TOKEN= INPUT_SUMMARY= \
    INPUT_ARTIFACTS= INPUT_PUBLIC=false INPUT_CONFIG= INPUT_ROOT= INPUT_BASELINE= IS_PRIVATE=true "$@" \
    bash .github/action/views.sh
}

say 'views are written where the repository is private'
views 0 INPUT_SUMMARY='inventory, services' INPUT_ARTIFACTS=$'inventory.xlsx,\nthird-parties.csv controls.md'
[[ $(<"$work/summary") == $'the list of identities\nthe list of services' ]] || fail "the summary is $(<"$work/summary")"
kept=$work/temp/soclint-views/artifacts
[[ $(ls "$kept") == $'controls.md\ninventory.xlsx\nthird-parties.csv' ]] || fail "kept: $(ls "$kept")"
grep -qF "artifacts=$kept" "$work/output" || fail 'the artifacts are not passed on'
noted 'inventory identities --format=xlsx'
noted 'inventory controls --format=markdown'
views 0 INPUT_SUMMARY=inventory INPUT_CONFIG='a b.toml' INPUT_ROOT=-x PROGRAM_STATUS=1
noted 'identities --format=markdown'
noted '--config=a b.toml --root=-x'
said 'is incomplete'
none_is_taken
views 2 INPUT_SUMMARY=inventory PROGRAM_STATUS=2
said 'cannot be made'
views 0 INPUT_SUMMARY='timeline' INPUT_ARTIFACTS='timeline.ics page.html, customer-page.html timeline.md' INPUT_BASELINE=b.json
[[ $(ls "$kept") == $'customer-page.html\npage.html\ntimeline.ics\ntimeline.md' ]] || fail "kept: $(ls "$kept")"
noted 'timeline --format=markdown --output='
noted 'timeline --format=ics --output='
noted 'page --baseline=b.json --output='
noted 'page --for=customer --output='
not_noted 'timeline --baseline'
views 0 INPUT_SUMMARY=coverage INPUT_ARTIFACTS='vendors.xlsx' INPUT_BASELINE=b.json
noted 'matrix coverage --format=markdown --baseline=b.json --output='
noted 'matrix vendors --format=xlsx --baseline=b.json --output='

say 'views are not written where everyone could read them'
for private in false ''; do
  for asked in INPUT_SUMMARY=inventory INPUT_ARTIFACTS=inventory.xlsx INPUT_SUMMARY=data; do
    views 2 "$asked" IS_PRIVATE=$private
    said 'public: true says that this is meant'
    not_noted inventory
    none_is_taken
  done
done
views 0 INPUT_SUMMARY=inventory IS_PRIVATE=false INPUT_PUBLIC=true
noted inventory
# What is made for others may be public; nothing else comes with it.
for private in false ''; do
  views 0 INPUT_ARTIFACTS=customer-page.html IS_PRIVATE=$private
  noted 'page --for=customer'
  for asked in 'customer-page.html page.html' 'page.html' 'customer-page.html, timeline.md' 'timeline.ics'; do
    views 2 INPUT_ARTIFACTS="$asked" IS_PRIVATE=$private
    said 'public: true says that this is meant'
    not_noted page
    none_is_taken
  done
  views 2 INPUT_SUMMARY=timeline INPUT_ARTIFACTS=customer-page.html IS_PRIVATE=$private
  not_noted page
done
views 0 INPUT_ARTIFACTS=page.html IS_PRIVATE=false INPUT_PUBLIC=true
noted 'page --output='
# An event that does not say: GitHub is asked.
cat >"$bin/curl" <<'SH'
#!/usr/bin/env bash
[ -z "${API_SAYS-}" ] && exit 22
printf '{\n  "id": 1,\n  "private": %s,\n  "owner": {\n    "private": true\n  }\n}\n' "$API_SAYS"
SH
chmod +x "$bin/curl"
for case in 'true 0' 'false 2' 'null 2' ' 2'; do
  views "${case##* }" INPUT_SUMMARY=inventory IS_PRIVATE= GITHUB_API_URL=https://api.example.com API_SAYS="${case% *}" \
    PATH="$bin:$PATH"
done
rm "$bin/curl"

say 'what is no view is refused'
for asked in INPUT_SUMMARY=page INPUT_SUMMARY=customer-page; do
  views 2 "$asked"
  said 'which is a file'
  not_noted page
done
# shellcheck disable=SC2016
for asked in INPUT_ARTIFACTS=page.pdf INPUT_ARTIFACTS=page INPUT_ARTIFACTS=timeline.xlsx INPUT_ARTIFACTS=timeline INPUT_ARTIFACTS=.. \
  INPUT_SUMMARY=timeline.md INPUT_SUMMARY=everything INPUT_SUMMARY='../x' INPUT_SUMMARY='$(id)' INPUT_ARTIFACTS=inventory \
  INPUT_ARTIFACTS=inventory.exe INPUT_ARTIFACTS=../inventory.csv INPUT_ARTIFACTS='inventory.csv;id' INPUT_SUMMARY='::error::x'; do
  views 2 "$asked"
  said 'that is no view'
  not_said 'everything' '::error::x'
  not_noted inventory
done

say 'what a change changes is said of a checkout of depth 1'
cat >"$work/compares" <<'SH'
#!/usr/bin/env bash
echo "$*" >>"$RAN"
for option in "$@"; do
  [[ $option != --output=* ]] || printf 'what changed\n' >"${option#--output=}"
done
exit "${PROGRAM_STATUS:-0}"
SH
chmod +x "$work/compares"
plain_git() {
  git -c user.name=x -c user.email=x@example.com -c init.defaultBranch=main -c protocol.file.allow=always "$@"
}
origin=$work/origin
plain_git init --quiet "$origin"
for commit in one two; do plain_git -C "$origin" commit --quiet --allow-empty -m "$commit"; done
plain_git -C "$origin" checkout --quiet -b topic HEAD~1
plain_git -C "$origin" commit --quiet --allow-empty -m topic
plain_git -C "$origin" checkout --quiet main
plain_git -C "$origin" merge --quiet --no-ff -m merge topic
plain_git -C "$origin" config uploadpack.allowAnySHA1InWant true
merged=$(git -C "$origin" rev-parse HEAD)
first=$(git -C "$origin" rev-parse HEAD~2)

# Runs compare.sh in a checkout of the newest commit alone, with variables given.
compares() {
  local expected=$1
  shift
  rm -rf "$work/temp" "$work/shallow"
  mkdir -p "$work/temp"
  rm -f "$work/summary" "$ran"
  touch "$work/summary" "$ran"
  plain_git clone --quiet --depth=1 "file://$origin" "$work/shallow"
  [[ $* != *GONE=1* ]] || git -C "$work/shallow" remote set-url origin "file://$work/nowhere"
  (cd "$work/shallow" && ends_with "$expected" env RAN="$ran" PROGRAM="$work/compares" RUNNER_TEMP="$work/temp" \
    GITHUB_STEP_SUMMARY="$work/summary" GITHUB_SHA="$merged" INPUT_ROOT= INPUT_BASELINE= EVENT_NAME=pull_request \
    EVENT_BEFORE= EVENT_BASE= "$@" bash "$project/.github/action/compare.sh")
}
compares 0
noted '-- HEAD~1 HEAD'
[[ $(<"$work/summary") == 'what changed' ]] || fail "the summary is $(<"$work/summary")"
git -C "$work/shallow" cat-file -e HEAD~1 || fail 'the first parent was not fetched'
compares 0 EVENT_NAME=push EVENT_BEFORE="$first" INPUT_ROOT=-x
noted "--root=-x -- $first HEAD"
compares 0 EVENT_NAME=push EVENT_BEFORE=0000000000000000000000000000000000000000
noted '-- HEAD~1 HEAD'
compares 0 EVENT_NAME=merge_group EVENT_BASE="$first"
noted "-- $first HEAD"
compares 0 GONE=1
said 'fetch-depth: 2'
not_noted compare
compares 2 PROGRAM_STATUS=2
said 'cannot be made'

say 'a line break in an input'
for input in CONFIG ROOT FAIL_ON FORMAT SARIF_FILE BASELINE CATEGORY; do
  for break in $'a\nstatus=0' $'a\rstatus=0'; do
    checks 2 "INPUT_$input=$break"
    said 'holds a line break'
    none_is_taken
  done
done
