#!/usr/bin/env bash
# The SARIF of each company, of everything broken or hostile, and of awkward names: against OASIS' schema, Microsoft's
# validator with GitHub's own rules, and sarif-tools.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need cargo
program=$(built_program)
python_tools check-jsonschema sarif-tools
logs=$work/logs
mkdir -p "$logs"

sarif() {
  local name=$1
  shift
  # Findings are no failure here.
  "$program" check --fail-on never --format sarif "$@" >"$logs/$name.sarif"
}

for estate in fixtures/estates/*/ fixtures/broken fixtures/hostile; do
  sarif "$(basename "$estate")" --root "$estate"
done

# Names and places that are awkward in a URI, a link or a message; and a repository within which the estate lies.
odd="$work/odd/a b%20é #[x]/żółw 100%"
mkdir -p "$odd"
git -C "$work/odd" init --quiet
printf '%s\n' 'namespace = "pay"' '[services.ünï]' 'title = 1' '[services."a b%"]' 'kind = "x](1)[y"' '[identities.b]' \
  'kind = "bot"' 'owner = "é %20"' '[services.d]' 'depends-on = ["é %20", "x/y"]' '[services.d]' '[reports.soc2]' \
  'framework = "SOC 2"' >"$odd/ß%2F&+'.scope.toml"
sarif odd --root "$work/odd"
(cd "$odd/.." && sarif odd-within --root .)

# What is left out of too many is told; a hundred of the results will do for the validator.
mkdir -p "$work/many"
{
  printf '[services.a]\n'
  printf 'odd%s = 1\n' {1..25010}
} >"$work/many/scope.toml"
sarif many --root "$work/many"
python3 - "$logs/many.sarif" <<'PYTHON'
import json, sys
log = json.load(open(sys.argv[1]))
run = log["runs"][0]
assert len(run["results"]) == 25000, len(run["results"])
assert "left out" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
del run["results"][100:]
json.dump(log, open(sys.argv[1], "w"))
PYTHON

python3 - "$logs" <<'PYTHON'
import glob, json, sys
for path in glob.glob(sys.argv[1] + "/*.sarif"):
    for run in json.load(open(path))["runs"]:
        assert len(run["results"]) <= 25000, path
        for rule in run["tool"]["driver"]["rules"]:
            assert len(rule["properties"]["tags"]) <= 20, (path, rule["id"])
            for key in "shortDescription", "fullDescription":
                assert len(rule[key]["text"]) <= 1024, (path, rule["id"])
PYTHON

say schema
# One pattern of that schema is a regular expression only in ECMAScript's older mode.
check-jsonschema --regex-variant nonunicode --schemafile "$(sarif_schema)" "$logs"/*.sarif

say multitool
{
  echo '<?xml version="1.0" encoding="utf-8"?>'
  echo '<Properties>'
  # Rules of GitHub's that are off unless asked for.
  for rule in GH1001.ProvideRequiredLocationProperties GH1003.ProvideRequiredRegionProperties \
    GH1005.LocationsMustBeRelativeUrisOrFilePaths GH1006.ProvideCheckoutPath GH1007.ProvideFullyFormattedMessageStrings; do
    echo "  <Properties Key=\"$rule.Options\">"
    echo '    <Property Key="RuleEnabled" Value="Error" Type="Driver.RuleEnabledState" />'
    echo '  </Properties>'
  done
  echo '</Properties>'
} >"$work/rules.xml"

# Prints what it finds. It ends with 0 whatever it finds, and leaves out a file that it takes for too large.
validate() {
  multitool validate "$@" --rule-kind 'Sarif;Ghas' --config "$work/rules.xml" --max-file-size-in-kb 100000 \
    --output "$work/validated.sarif" --log ForceOverwrite >"$work/said" 2>&1 || true
  said "$# files scanned." 'Analysis completed successfully.'
  python3 - "$work/validated.sarif" <<'PYTHON'
import json, sys
for run in json.load(open(sys.argv[1]))["runs"]:
    for result in run["results"]:
        print(result.get("level", "warning"), result["ruleId"])
PYTHON
}

found=$(validate "$logs"/*.sarif)
if grep -E 'error|warning' <<<"$found" || grep -E ': (error|warning) ' "$work/said"; then
  cat "$work/said" >&2
  fail 'multitool finds faults'
fi
# It is awake: each of these is a fault to it.
python3 - "$logs/talervik-pay.sarif" "$work/faults.sarif" <<'PYTHON'
import json, sys
log = json.load(open(sys.argv[1]))
results = log["runs"][0]["results"]
place = lambda result: result["locations"][0]["physicalLocation"]
del results[0]["locations"]
del place(results[1])["region"]
place(results[2])["artifactLocation"] = {"uri": "http://example.com/scope.toml"}
place(results[3])["artifactLocation"] = {"uri": "file:///scope.toml"}
results[4]["message"] = {"id": "default"}
json.dump(log, open(sys.argv[2], "w"))
PYTHON
found=$(validate "$work/faults.sarif" "$logs/odd.sarif")
for rule in GH1001 GH1003 GH1005 GH1006 GH1007; do
  grep -q "error $rule" <<<"$found" || fail "multitool does not look for $rule: $found"
done

say sarif-tools
for log in "$logs"/*.sarif; do
  name=$(basename "$log" .sarif)
  sarif_tools=$(cd "$work" && command sarif summary "$log")
  for level in error warning note; do
    expected=$(python3 -c '
import json, sys
print(sum(r["level"] == sys.argv[2] for r in json.load(open(sys.argv[1]))["runs"][0]["results"]))' "$log" "$level")
    grep -qE "^$level: $expected$" <<<"$sarif_tools" || fail "sarif-tools does not read $expected of level $level in $name"
  done
done
echo "${SECONDS} s for $(find "$logs" -name '*.sarif' | wc -l) logs"
