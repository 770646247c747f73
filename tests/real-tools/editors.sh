#!/usr/bin/env bash
# The schemas, as a validator and two editors' tools use them: they refuse what soclint cannot read, and nothing else.
# A manifest that names its schema gets completion.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

need cargo
program=$(built_program)
python_tools check-jsonschema taplo tombi
export SOCLINT_PROGRAM=$program NO_COLOR=1 RUST_LOG=error

say 'the schemas are valid'
check-jsonschema --check-metaschema schemas/manifest.schema.json schemas/config.schema.json

python3 "$here/editors.py" estates
python3 "$here/editors.py" broken
python3 "$here/editors.py" configs
python3 "$here/editors.py" setups
python3 "$here/editors.py" completion
