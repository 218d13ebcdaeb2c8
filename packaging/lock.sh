#!/usr/bin/env bash
# Rewrites packaging/requirements.lock from pyproject.toml (needs uv; only for maintainers who change a dependency).
set -euo pipefail
cd "$(dirname "$0")/.."
uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra dev \
  --custom-compile-command packaging/lock.sh --output-file packaging/requirements.lock pyproject.toml
