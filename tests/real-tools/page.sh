#!/usr/bin/env bash
# What people do with a page: they open it in a browser, on a phone, in the dark, without script, and print it. Chromium does,
# and axe-core looks whether everyone can read it.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need git node
program=$(built_program)
PATH=$(dirname "$program"):$PATH

if ! { command -v chromium && command -v pdftotext; } >/dev/null; then
  install=(apt-get)
  ((EUID == 0)) || install=(sudo -n apt-get)
  "${install[@]}" update -qq
  # The fonts are those of the names that are tried.
  DEBIAN_FRONTEND=noninteractive "${install[@]}" install -qq -y --no-install-recommends chromium poppler-utils \
    fonts-noto-core fonts-noto-cjk >"$work/said" || fail "$(<"$work/said")"
fi
need chromium pdftotext
npm_tool playwright-core@1.65.1 axe-core@4.14.1
export NODE_PATH=$tools/npm/node_modules
# A browser takes all that it gets; others may be at work, too.
printf '#!/bin/sh\nexec nice chromium "$@"\n' >"$work/chromium"
chmod +x "$work/chromium"
export CHROMIUM=$work/chromium

say 'an estate with hostile names, Arabic and Chinese ones'
hostile=$work/hostile
mkdir -p "$hostile"
cat >"$hostile/scope.toml" <<'MANIFEST'
[organization]
name = "شركة الدفع"
fiscal-year-end = "12-31"
[services.pay]
title = "<script>document.title='owned'</script><img src=x onerror=document.title='owned'>"
owner = "财务团队"
financial-impact = "direct"
claims = "soc1"
[services.books]
title = "خدمة الرواتب 2026 (تجريبي)"
owner = "\"onmouseover=\"document.title='owned'"
[reports.soc1]
framework = "soc1"
type = 2
period = { from = 2025-07-01, to = 2026-06-30 }
issued = 2026-08-15
auditor = "审计师事务所 & </td></table><style>*{display:none}</style>"
opinion = "unmodified"
covers = "pay"
MANIFEST
for at in $(seq 20); do
  printf '[identities.bot-%s]\nkind = "bot"\nowner = "%s"\n' "$at" "$(printf 'x%.0s' {1..200})" >>"$hostile/scope.toml"
done

pages=$work/pages
mkdir "$pages"
written() {
  local name=$1 status=0
  shift
  soclint page "$@" --output "$pages/$name.html" || status=$?
  # What a bundled estate gets wrong on purpose cannot be read as a whole.
  ((status <= 1)) || fail "there is no page of $name"
}
for estate in fixtures/estates/*/; do
  name=$(basename "$estate")
  written "$name" --root "$estate" --link-base ../src
  written "$name-customer" --root "$estate" --for customer --contact 'trust@example.com'
done
written hostile --root "$hostile" --link-base https://git.example.com/x
written hostile-customer --root "$hostile" --for customer --contact 'https://example.com/"><script>'
for page in "$pages"/*.html; do
  size=$(stat -c %s "$page")
  ((size < 1000000)) || fail "$(basename "$page") has $size bytes"
done

say 'in the browser: console, network, accessibility, a phone, links, sorting, filtering, without script'
node "$here/page.cjs" "$pages" "$work/pdf"

say 'on paper'
for pdf in "$work"/pdf/*.pdf; do
  pages_of=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
  pdftotext -layout "$pdf" "$work/said"
  said "Page 1 of $pages_of" "Page $pages_of of $pages_of"
done
# The head of a table that goes on stands on each page of it.
pdftotext -layout "$work/pdf/talervik-pay.pdf" "$work/said"
heads=$(grep -c 'Identity  *Kind and state' "$work/said")
((heads > 2)) || fail "the head of the identities stands on $heads pages"
