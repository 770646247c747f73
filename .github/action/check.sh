#!/usr/bin/env bash
# Checks the repository, for action.yml: writes SARIF, a job summary and annotations, and leaves it to a later step to
# fail on findings. A run that cannot be trusted fails here. Written for bash 3.2, which macOS has.
set -euo pipefail

# A line break in one of these could say something else in a file of lines.
for input in CONFIG ROOT FAIL_ON FORMAT SARIF_FILE BASELINE CATEGORY; do
  value=INPUT_$input
  case "${!value-}" in
    *[$'\n\r']*)
      name=$(printf '%s' "$input" | tr '[:upper:]_' '[:lower:]-')
      echo "::error title=soclint::The input $name holds a line break; write it in one line."
      exit 2
      ;;
  esac
done

summary=$RUNNER_TEMP/soclint-summary.md
annotations=$RUNNER_TEMP/soclint-annotations.txt
rm -f "$summary" "$annotations"

# After `--option=`, a value is never taken for an option.
arguments=("--format=$INPUT_FORMAT" "--output=markdown=$summary" "--output=github=$annotations")
[ -z "$INPUT_SARIF_FILE" ] || arguments+=("--output=sarif=$INPUT_SARIF_FILE")
[ -z "$INPUT_CONFIG" ] || arguments+=("--config=$INPUT_CONFIG")
[ -z "$INPUT_ROOT" ] || arguments+=("--root=$INPUT_ROOT")
[ -z "$INPUT_FAIL_ON" ] || arguments+=("--fail-on=$INPUT_FAIL_ON")
[ -z "$INPUT_BASELINE" ] || arguments+=("--baseline=$INPUT_BASELINE")
[ -z "$INPUT_CATEGORY" ] || arguments+=("--category=$INPUT_CATEGORY")
arguments+=(--)
while IFS= read -r path; do
  # Without what YAML may leave around a line.
  path=${path#"${path%%[![:space:]]*}"}
  path=${path%"${path##*[![:space:]]}"}
  [ -z "$path" ] || arguments+=("$path")
done <<<"$INPUT_PATHS"

# The program's output quotes unreviewed files, and must not command the runner. Annotations must.
resume=
if [ "$INPUT_FORMAT" != github ]; then
  resume=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  [ "${#resume}" = 32 ] || {
    echo "::error title=soclint::There is no randomness to be had from /dev/urandom."
    exit 2
  }
  echo "::stop-commands::$resume"
fi
status=0
"$PROGRAM" check "${arguments[@]}" || status=$?
# The last line may not have ended.
[ -z "$resume" ] || printf '\n::%s::\n' "$resume"

if [ "$status" -gt 1 ]; then
  echo "::error title=soclint::The run cannot be trusted (status $status); the log says why."
  exit "$status"
fi

# GitHub shows no summary at all of a step that writes more than 1 MiB.
LC_ALL=C awk '
  { size += length($0) + 1 }
  size > 1000000 { print "\n… cut: the whole of it is in the SARIF and the log."; exit }
  { print }
' "$summary" >>"$GITHUB_STEP_SUMMARY"

# Code scanning takes what an upload lacks for fixed, and what could not be read may hold what it lacks.
upload=false
if [ -n "$INPUT_SARIF_FILE" ]; then
  # No text in the file can hold this: quotes in it are escaped.
  if grep -q '"executionSuccessful": true' "$INPUT_SARIF_FILE"; then
    upload=true
  else
    echo "::warning title=soclint::Nothing is uploaded to code scanning, because not everything could be read: it would close alerts that may not be fixed. Until that is fixed, findings are annotations. The log, or \`soclint check\` over the whole estate, shows what could not be read."
  fi
fi

{
  echo "status=$status"
  echo "upload=$upload"
  echo "annotations=$annotations"
  [ -z "$INPUT_SARIF_FILE" ] || echo "sarif-file=$INPUT_SARIF_FILE"
} >>"$GITHUB_OUTPUT"
