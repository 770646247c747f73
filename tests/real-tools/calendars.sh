#!/usr/bin/env bash
# What people import into their calendars: those of `timeline`, of its plans and of `forecast`, as another library reads them.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need git
program=$(built_program)
python_tools icalendar
PATH=$(dirname "$program"):$PATH

say 'an estate in which names look like lines of a calendar'
mkdir "$work/hostile"
cat >"$work/hostile/scope.toml" <<'MANIFEST'
[[waivers]]
rule = "stale-report"
subject = "reports.a,b;c\\n\nEND:VEVENT\r\nEND:VCALENDAR"
expires = 2026-12-31
[[waivers]]
rule = "stale-report"
subject = "reports.報告書報告書報告書報告書報告書報告書報告書報告書報告書報告書報告書報告書報告書"
expires = 2027-01-31
MANIFEST

say 'calendars'
for estate in fixtures/estates/*/ "$work/hostile"; do
  # Where something could not be read, it ends with 1.
  soclint timeline --root "$estate" --format json >"$work/timeline.json" || (($? == 1))
  soclint timeline --root "$estate" --format ics >"$work/timeline.ics" || (($? == 1))
  python3 "$here/calendars.py" timeline "$work/timeline.json" "$work/timeline.ics"
  soclint forecast --root "$estate" --until 2027-09-30 --format json >"$work/forecast.json"
  soclint forecast --root "$estate" --until 2027-09-30 --format ics >"$work/forecast.ics"
  python3 "$here/calendars.py" findings "$work/forecast.json" "$work/forecast.ics"
done
for target in soc1 soc2 isae3402 iso27001; do
  soclint timeline --plan "$target" --start 2027-01-04 --format json >"$work/plan.json"
  soclint timeline --plan "$target" --start 2027-01-04 --format ics >"$work/plan.ics"
  python3 "$here/calendars.py" steps "$work/plan.json" "$work/plan.ics"
done

say 'a calendar that is none'
sed 's/^DTSTART.*/DTSTART;VALUE=DATE:20261301/' "$work/plan.ics" >"$work/wrong.ics"
if python3 "$here/calendars.py" steps "$work/plan.json" "$work/wrong.ics" 2>/dev/null; then
  fail 'a month that there is not is read'
fi
