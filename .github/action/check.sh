#!/usr/bin/env bash
# Checks the repository, for action.yml: writes SARIF, a job summary and annotations, and leaves it to a later step to
# fail on findings. A run that cannot be trusted fails here. Written for bash 3.2, which macOS has.
set -euo pipefail

summary=$RUNNER_TEMP/soclint-summary.md
annotations=$RUNNER_TEMP/soclint-annotations.txt
rm -f "$summary" "$annotations"

# After `--option=`, a value is never taken for an option.
arguments=("--format=$INPUT_FORMAT" "--output=markdown=$summary" "--output=github=$annotations")
[ -z "$INPUT_SARIF_FILE" ] || arguments+=("--output=sarif=$INPUT_SARIF_FILE")
[ -z "$INPUT_CONFIG" ] || arguments+=("--config=$INPUT_CONFIG")
[ -z "$INPUT_FAIL_ON" ] || arguments+=("--fail-on=$INPUT_FAIL_ON")
[ -z "$INPUT_BASELINE" ] || arguments+=("--baseline=$INPUT_BASELINE")
arguments+=(--)
while IFS= read -r path; do
  # Without what YAML may leave around a line.
  path=${path#"${path%%[![:space:]]*}"}
  path=${path%"${path##*[![:space:]]}"}
  [ -z "$path" ] || arguments+=("$path")
done <<<"$INPUT_PATHS"

status=0
"$PROGRAM" check "${arguments[@]}" || status=$?

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

{
  echo "status=$status"
  echo "annotations=$annotations"
  [ -z "$INPUT_SARIF_FILE" ] || echo "sarif-file=$INPUT_SARIF_FILE"
} >>"$GITHUB_OUTPUT"
