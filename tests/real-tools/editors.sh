#!/usr/bin/env bash
# The schemas, as a validator and two editors' tools use them: they refuse what soclint cannot read, and nothing else.
# A manifest that names its schema gets completion, from
# the language servers of both VS Code extensions.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need cargo
program=$(built_program)
python_tools check-jsonschema taplo tombi
npm_tool @taplo/lsp@0.8.0
export TAPLO_LSP=$tools/npm
export SOCLINT_PROGRAM=$program NO_COLOR=1 RUST_LOG=error

say 'the schemas are valid'
check-jsonschema --check-metaschema schemas/manifest.schema.json schemas/config.schema.json

python3 "$here/editors.py" estates
python3 "$here/editors.py" broken
python3 "$here/editors.py" configs
python3 "$here/editors.py" setups
# A language server that does not answer must not hold up the rest.
timeout 120 python3 "$here/editors.py" completion
