#!/usr/bin/env bash
# Writes what the inputs `summary` and `artifacts` name, for action.yml: tables into the job summary, and files for an
# artifact. Written for bash 3.2, which macOS has.
set -euo pipefail

tables=" inventory services reports third-parties controls evidence data coverage vendors "
endings=" xlsx csv json md "
# What is no table has endings of its own. A page is a document: a summary has no room for it.
files=" timeline.md timeline.json timeline.ics page.html customer-page.html "

refuse() {
  echo "::error title=soclint::$1"
  exit 2
}

# The names in an input, which stand between commas, blanks and line breaks.
names() {
  printf '%s' "$1" | tr ',[:space:]' '\n' | sed '/^$/d'
}

# Whether a list between blanks has a word that is nothing but a word.
has() {
  case "$2" in
    *[!a-z.-]* | '') return 1 ;;
  esac
  case "$1" in
    *" $2 "*) return 0 ;;
  esac
  return 1
}

summaries=$(names "$INPUT_SUMMARY")
artifacts=$(names "$INPUT_ARTIFACTS")
while IFS= read -r name; do
  ! has " page customer-page " "$name" ||
    refuse "The input summary names a page, which is a file: name it among the artifacts, as page.html or customer-page.html."
  [ -z "$name" ] || has "$tables timeline " "$name" ||
    refuse "The input summary names something that is no view; there are:${tables}timeline"
done <<<"$summaries"
while IFS= read -r name; do
  [ -z "$name" ] || has "$files" "$name" || { has "$tables" "${name%.*}" && has "$endings" "${name##*.}"; } ||
    refuse "The input artifacts names something that is no view with one of the endings$endings: there are:$tables- and$files"
done <<<"$artifacts"
[ -n "$summaries$artifacts" ] || exit 0

# Where everyone can read the repository, everyone can read summaries and artifacts. What is not known to be private is not.
# The page for customers is made to be read by others.
is_for_others() {
  ! printf '%s\n%s\n' "$summaries" "$artifacts" | grep -q -v -x -e customer-page.html -e ''
}
if [ "$INPUT_PUBLIC" != true ] && ! is_for_others; then
  private=$IS_PRIVATE
  # Not every event says; GitHub does, and first of the repository itself.
  if [ -z "$private" ] && [ -n "${GITHUB_API_URL-}" ]; then
    private=$(curl --silent --show-error --fail --max-time 20 --header "Authorization: Bearer $GH_TOKEN" \
      "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY" | grep -oE '"private": ?[a-z]+' | head -n 1 | grep -oE 'true|false') || private=
  fi
  if [ "$private" != true ]; then
    [ "$private" = false ] && why="is public" || why="is not known to be private"
    refuse "This repository $why, and so would be what the inputs summary and artifacts ask for: who may do what, and what is open about it. Nothing of it was written; public: true says that this is meant. Of artifacts, customer-page.html alone is written all the same."
  fi
fi

# After `--option=`, a value is never taken for an option.
options=()
[ -z "$INPUT_CONFIG" ] || options+=("--config=$INPUT_CONFIG")
[ -z "$INPUT_ROOT" ] || options+=("--root=$INPUT_ROOT")
baseline=()
[ -z "$INPUT_BASELINE" ] || baseline+=("--baseline=$INPUT_BASELINE")

folder=$RUNNER_TEMP/soclint-views
rm -rf "$folder"
mkdir -p "$folder"

# Writes one view; one that is incomplete says so at its head.
write() {
  local view=$1 format=$2 file=$3 status=0
  local command
  # Bash 3.2 takes an empty list for one that is not there.
  case $view in
    timeline) command=(timeline "--format=$format") ;;
    coverage | vendors) command=(matrix "$view" "--format=$format" ${baseline[@]+"${baseline[@]}"}) ;;
    page) command=(page ${baseline[@]+"${baseline[@]}"}) ;;
    customer-page) command=(page --for=customer) ;;
    inventory) command=(inventory identities "--format=$format" ${baseline[@]+"${baseline[@]}"}) ;;
    *) command=(inventory "$view" "--format=$format" ${baseline[@]+"${baseline[@]}"}) ;;
  esac
  "$PROGRAM" "${command[@]}" "--output=$file" ${options[@]+"${options[@]}"} || status=$?
  [ "$status" -le 1 ] || refuse "The view $view cannot be made (status $status); the log says why."
  [ "$status" -eq 0 ] ||
    echo "::warning title=soclint::$1 is incomplete: not everything could be read. Its head names the files."
}

while IFS= read -r name; do
  [ -n "$name" ] || continue
  file=$folder/summary.md
  write "$name" markdown "$file"
  # GitHub shows no summary at all of a step that writes more than 1 MiB.
  LC_ALL=C awk '
    { size += length($0) + 1 }
    size > 900000 { print "\n… cut: the input artifacts writes the whole of it."; exit }
    { print }
  ' "$file" >>"$GITHUB_STEP_SUMMARY"
  rm -f "$file"
done <<<"$summaries"

mkdir "$folder/artifacts"
while IFS= read -r name; do
  [ -n "$name" ] || continue
  format=${name##*.}
  [ "$format" != md ] || format=markdown
  write "${name%.*}" "$format" "$folder/artifacts/$name"
done <<<"$artifacts"

[ -z "$artifacts" ] || echo "artifacts=$folder/artifacts" >>"$GITHUB_OUTPUT"
