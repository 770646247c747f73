#!/usr/bin/env bash
# The book, built as strictly as MkDocs can, and each link of what comes out of it.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

python_tools mkdocs mkdocs-material
# MkDocs loads docs/hooks.py, and would leave its bytecode beside it.
export PYTHONDONTWRITEBYTECODE=1
# What the theme says about versions of MkDocs that are not used here.
export NO_MKDOCS_2_WARNING=1

say 'the book, without a warning'
ends_with 0 mkdocs build --strict --site-dir "$work/site"
not_said WARNING ERROR

say 'each link of its pages'
python3 "$here/book.py" "$work/site"

say 'a link to nothing fails the build'
mkdir "$work/broken"
cp -r docs mkdocs.yml Cargo.toml src "$work/broken"
cd "$work/broken"
links=(nothing.md ../nothing.toml ci.md#nothing)
printf '\n[a link](%s)\n' "${links[@]}" >>docs/limits.md
ends_with 1 mkdocs build --strict --site-dir "$work/unused"
said "${links[@]}"
