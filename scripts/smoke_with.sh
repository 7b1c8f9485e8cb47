#!/usr/bin/env bash
# Runs scripts/smoke.py against the `lowest` or the `newest` versions that pyproject.toml allows, in an environment that
# is thrown away afterwards. For example: scripts/smoke_with.sh newest
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  lowest) resolution=lowest-direct ;;
  newest) resolution=highest ;;
  *) echo "usage: $0 lowest|newest" >&2; exit 2 ;;
esac
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"${PYTHON:-python3}" -m venv "$work/uv"
"$work/uv/bin/python" -m pip install --quiet uv

# uv does not read the settings of pip, so an index that pip was told of is passed on.
pip_setting() { "$work/uv/bin/python" -m pip config get "$1" 2>/dev/null || true; }
index="${PIP_INDEX_URL:-$(pip_setting global.index-url)}"
"$work/uv/bin/uv" pip install --quiet --python "$work/venv" --resolution "$resolution" --compile-bytecode \
  ${index:+--index-url "$index"} .
echo "smoke with the $1 versions: $("$work/uv/bin/uv" pip list --python "$work/venv" --format freeze | tr '\n' ' ')"
cd "$work"  # so that the wheel is what runs, and not the checkout
"$work/venv/bin/python" "$OLDPWD/scripts/smoke.py"
