#!/usr/bin/env bash
# Says in the job summary what the change at hand changes, for action.yml. Written for bash 3.2, which macOS has.
set -euo pipefail

# A line break in one of these could say something else in a file of lines.
for input in ROOT BASELINE; do
  value=INPUT_$input
  case "${!value-}" in
    *[$'\n\r']*)
      name=$(printf '%s' "$input" | tr '[:upper:]' '[:lower:]')
      echo "::error title=soclint::The input $name holds a line break; write it in one line."
      exit 2
      ;;
  esac
done

# Git, with nothing of the checkout that would be run.
quietly() {
  git -c core.hooksPath=/dev/null -c core.fsmonitor=false "$@"
}

is_here() {
  quietly cat-file -e "$1^{tree}" 2>/dev/null
}

is_id() {
  case "$1" in
    '' | *[!0-9a-f]*) return 1 ;;
  esac
  # A branch that is new has no commit before.
  case "$1" in
    *[!0]*) return 0 ;;
  esac
  return 1
}

head=$(quietly rev-parse HEAD)
base=HEAD~1
case "$EVENT_NAME" in
  # What is checked out is the merge with the base, unless the workflow says otherwise.
  pull_request | pull_request_target) [ "$head" = "${GITHUB_SHA-}" ] || base=$EVENT_BASE ;;
  push) ! is_id "$EVENT_BEFORE" || base=$EVENT_BEFORE ;;
  merge_group) ! is_id "$EVENT_BASE" || base=$EVENT_BASE ;;
esac

# Just what is missing, by the credentials of the checkout.
if ! is_here "$base"; then
  if is_id "$base"; then
    quietly fetch --quiet --no-tags --depth=1 origin "$base" || true
  else
    quietly fetch --quiet --no-tags --depth=2 origin "$head" || true
  fi
fi
if ! is_here "$base"; then
  echo "::warning title=soclint::The commit to compare with is not in this checkout and cannot be fetched, so nothing is said about what this change changes. Add \`with: { fetch-depth: 2 }\` to the step that checks out (\`fetch-depth: 0\` for pushes of several commits)."
  exit 0
fi

file=$RUNNER_TEMP/soclint-compare.md
rm -f "$file"
# After `--option=`, a value is never taken for an option.
options=("--format=markdown" "--output=$file")
[ -z "$INPUT_ROOT" ] || options+=("--root=$INPUT_ROOT")
[ -z "$INPUT_BASELINE" ] || options+=("--baseline=$INPUT_BASELINE")
status=0
"$PROGRAM" compare "${options[@]}" -- "$base" HEAD || status=$?
if [ "$status" -gt 1 ] || [ ! -f "$file" ]; then
  echo "::error title=soclint::The comparison cannot be made (status $status); the log says why."
  exit 2
fi
# GitHub shows no summary at all of a step that writes more than 1 MiB.
LC_ALL=C awk '
  { size += length($0) + 1 }
  size > 1000000 { print "\n… cut: `soclint compare` shows the whole of it."; exit }
  { print }
' "$file" >>"$GITHUB_STEP_SUMMARY"
rm -f "$file"
