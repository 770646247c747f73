#!/usr/bin/env bash
# The hooks, under pre-commit and prek, over good, bad and deleting commits. Pre-commit builds the program from source; prek,
# which would build all of it once more in a folder of its own, runs the installed one.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need git cargo
program=$(built_program)
python_tools pre-commit prek
light_builds
export PRE_COMMIT_HOME=$work/pre-commit PREK_HOME=$work/prek
# As under git, and not as in a terminal.
export PRE_COMMIT_COLOR=never PREK_COLOR=never NO_COLOR=1
mkdir -p "$work/bin"
ln -s "$program" "$work/bin/soclint"
snapshot "$work/soclint"
revision=$(git -C "$work/soclint" rev-parse HEAD)

# A repository whose manifest rests on two other files.
good_repository() {
  rm -rf "$1"
  mkdir -p "$1/platform" "$1/payouts"
  cat >"$1/platform/scope.toml" <<'TOML'
namespace = "platform"
[services.login]
TOML
  cat >"$1/payouts/scope.toml" <<'TOML'
[services.payouts]
depends-on = "platform/login"

[controls.approval]
operating = "./approvals.csv"
TOML
  echo 'day,by' >"$1/payouts/approvals.csv"
  echo '# Payouts' >"$1/README.md"
  git -C "$1" init --quiet
}

break_manifest() {
  cat >>"$1/payouts/scope.toml" <<'TOML'
operates = "./approvals.csv"
TOML
  git -C "$1" add --all
}

configured() {
  printf 'repos:\n- repo: %s\n  rev: %s\n  hooks:\n%s\n' "$work/soclint" "$revision" "$2" >"$1/.pre-commit-config.yaml"
}

commit() {
  git -C "$1" commit --message "$2"
}

for tool in pre-commit prek; do
  say "$tool $("$tool" --version)"
  "$tool" validate-manifest .pre-commit-hooks.yaml
  "$tool" validate-config .pre-commit-config.yaml

  repository=$work/$tool-repository
  good_repository "$repository"
  hook=soclint
  if [[ $tool == prek ]]; then
    hook=soclint-system
    PATH=$work/bin:$PATH
  fi
  configured "$repository" "  - id: $hook"
  cd "$repository"

  say "$tool: the hook $hook"
  "$tool" install
  git add --all
  # The first commit of pre-commit builds the program.
  SECONDS=0
  ends_with 0 commit "$repository" good
  echo "run for the first time in $SECONDS s"
  said Passed
  break_manifest "$repository"
  ends_with 1 commit "$repository" bad
  said 'error[unknown-key]' 'payouts/scope.toml:6:1'
  git reset --quiet --hard

  say "$tool: commits that only delete"
  git rm --quiet payouts/approvals.csv
  ends_with 1 commit "$repository" 'without the evidence'
  said 'error[evidence-missing-file]'
  git reset --quiet --hard
  git rm --quiet platform/scope.toml
  ends_with 1 commit "$repository" 'without the service'
  said 'error[unknown-reference]'
  git reset --quiet --hard

  say "$tool: by files only, for who wants it"
  configured "$repository" "  - id: $hook"$'\n    always_run: false'
  git add --all
  git commit --quiet --no-verify --message 'by files only'
  echo more >>README.md
  git add --all
  ends_with 0 commit "$repository" 'no manifest'
  said Skipped
  echo '# more' >>payouts/scope.toml
  git add --all
  ends_with 0 commit "$repository" 'a manifest'
  said Passed
  # What this gives up, and why it is not so by itself.
  git rm --quiet platform/scope.toml
  ends_with 0 commit "$repository" 'without the service'
  said Skipped
  cd "$project"

  say "$tool: the hook for an installed program, and try-repo"
  good_repository "$repository-2"
  cd "$repository-2"
  git add --all
  git commit --quiet --message good
  (
    PATH=$work/bin:$PATH
    ends_with 0 "$tool" try-repo "$work/soclint" soclint-system --all-files
    said Passed
    break_manifest "$repository-2"
    ends_with 1 "$tool" try-repo "$work/soclint" soclint-system --all-files
    said 'error[unknown-key]'
  )
  cd "$project"
done
