#!/usr/bin/env bash
# What people do with an inventory: they open it in a spreadsheet, print it and file it. LibreOffice reads the workbook and
# the comma-separated values, and computes nothing that someone has put into a name.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need git python3
program=$(built_program)
PATH=$(dirname "$program"):$PATH

if ! { command -v soffice && command -v pdftotext; } >/dev/null; then
  install=(apt-get)
  ((EUID == 0)) || install=(sudo -n apt-get)
  "${install[@]}" update -qq
  DEBIAN_FRONTEND=noninteractive "${install[@]}" install -qq -y --no-install-recommends libreoffice-calc poppler-utils >"$work/said" ||
    fail "$(<"$work/said")"
fi
need soffice pdftotext pdfinfo

# A profile of its own, so that a window that is open elsewhere is not asked to do it.
office() {
  timeout --kill-after 5 120 soffice "-env:UserInstallation=file://$work/office" --headless "$@" >"$work/said" 2>&1 ||
    fail "$(<"$work/said")"
}

say 'an estate in which names look like formulas'
repository=$work/estate
mkdir "$repository"
cp -r fixtures/estates/talervik-pay/. "$repository"
mkdir -p "$repository/=1+1" "$repository/@SUM(1+1)" "$repository/-2+3"
cat >"$repository/=1+1/main.tf" <<'TERRAFORM'
resource "aws_iam_user" "formula" {
  name = "=cmd|' /C calc'!A0"
}
TERRAFORM
cp "$repository/=1+1/main.tf" "$repository/@SUM(1+1)/main.tf"
cat >"$repository/-2+3/scope.toml" <<'MANIFEST'
[identities."=cmd|' /C calc'!A0"]
kind = "bot"
name = "=cmd|' /C calc'!A0"
owner = "@SUM(1+1)"
MANIFEST
git -C "$repository" init --quiet
git -C "$repository" add --all
git -C "$repository" commit --quiet --message estate
printf '# and more\n' >>"$repository/-2+3/scope.toml"

inventory() {
  # What the bundled estate gets wrong on purpose cannot be read as a whole.
  ends_with 1 soclint inventory identities --root "$repository" --format "$1" --output "$2"
}
inventory xlsx "$work/identities.xlsx"
inventory csv "$work/identities.csv"
inventory xlsx "$work/again.xlsx"
cmp "$work/identities.xlsx" "$work/again.xlsx" || fail 'the same files give another workbook'

say 'the workbook, and each of the separators of comma-separated values: there is no formula'
# The texts as LibreOffice has them, one a line, and what it would compute.
opened() {
  local file=${*: -1}
  office "${@:1:$#-1}" --convert-to ods --outdir "$work/opened" "$file"
  file=$(basename "$file")
  python3 - "$work/opened/${file%.*}.ods" >"$work/said" <<'PYTHON'
import sys, xml.etree.ElementTree as tree, zipfile

for node in tree.fromstring(zipfile.ZipFile(sys.argv[1]).read("content.xml")).iter():
    for key, value in node.attrib.items():
        if key.endswith("}formula"):
            print("formula:", value)
        if key.endswith("}name") and node.tag.endswith("}table"):
            print("sheet:", value)
    if node.tag.endswith("}p"):
        print("text:", "".join(node.itertext()))
PYTHON
}
opened "$work/identities.xlsx"
said 'sheet: How this list was made' 'text: =1+1/main.tf:1'
not_said 'formula:'
# What separates: a comma, a semicolon, one of both or a tab.
for separators in 44 59 44/59/9; do
  opened "--infilter=Text - txt - csv (StarCalc):$separators,34,76,1" "$work/identities.csv"
  said "'=1+1/main.tf:1"
  not_said 'formula:'
done
# A check that finds nothing anywhere would prove nothing.
printf '"=1+1","a; =2+2"\r\n' >"$work/wrong.csv"
opened '--infilter=Text - txt - csv (StarCalc):44,34,76,1' "$work/wrong.csv"
said 'formula:'

say 'the workbook says what the comma-separated values say'
office --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
  --outdir "$work/back" "$work/identities.xlsx"
python3 - "$work/identities.csv" "$work/back/identities-identities.csv" <<'PYTHON'
import csv, re, sys

def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))

own, back = rows(sys.argv[1]), rows(sys.argv[2])
# What keeps a spreadsheet from computing is needed in the one, and would be seen in the other.
plain = lambda cell: re.sub(r"(^|; )'", r"\1", cell)
assert own[0][-1] == "incomplete", own[0]
head = next(at for at, row in enumerate(back) if row[0] == "Subject")
assert back[0][0] == "Identities, as of 2026-10-01" and back[1][0].startswith("Incomplete: "), back[:2]
want = [[plain(cell) for cell in row[:-1]] for row in own[1:]]
have = [row[: len(row_of)] for row, row_of in zip(back[head + 1 :], want)]
assert len(want) > 50 and len(back) - head - 1 == len(want), (len(want), len(back) - head)
for row, other in zip(want, have):
    assert row == other, (row, other)
assert any("=" in row[0] for row in have)
PYTHON

say 'how it was made'
python3 - "$work"/back/identities-How*.csv <<'PYTHON'
import csv, sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.reader(file))
facts = {row[0]: row[1] for row in rows}
assert len(facts["Commit"]) == 40 and len(facts["SHA-256 of the rows as CSV"]) == 64, facts
assert facts["As of"] == "2026-10-01", facts
assert facts["-2+3/scope.toml"] == "changed since the commit", facts
assert facts["=1+1/main.tf"] == "as committed", facts
PYTHON
digest=$(sha256sum <"$work/identities.csv" | cut -d ' ' -f 1)
grep -qF "$digest" "$work"/back/identities-How*.csv || fail 'the digest is not that of the comma-separated values'

say 'on paper'
office --convert-to pdf --outdir "$work" "$work/identities.xlsx"
pdfinfo "$work/identities.pdf" >"$work/said"
said 'Identities, as of 2026-10-01' 'A4'
not_said 'Author: '
pdftotext -layout "$work/identities.pdf" "$work/said"
said 'Identities, as of 2026-10-01' 'Incomplete: ' 'How this list was made' "=cmd|' /C calc'!A0" 'Page 1 of '
# The head stands on each page of the list, and the second sheet has another.
pages=$(grep -c 'Page [0-9]* of ' "$work/said")
heads=$(grep -c '^ *Subject ' "$work/said")
((pages > 2 && heads > 1 && heads < pages)) || fail "there are $pages pages, and the head stands on $heads"
