#!/usr/bin/env bash
# Makes .venv and runs things in it:  packaging/bootstrap.sh venv | run [ARGS...] | test [PYTEST ARGS...]
# Works without make. A second call only compares a fingerprint, so it starts at once.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=.venv
lock=packaging/requirements.lock
stamp=$venv/.openbook-stamp

say() { printf 'openbook: %s\n' "$*" >&2; }

find_python() {
  for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
       "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"; return
    fi
  done
  say "Python 3.11 or newer is needed and was not found. Install it, or set PYTHON=/path/to/python3."
  exit 1
}

# Libraries that Qt's own wheels do not carry: (soname, Debian package).
qt_libraries="libEGL.so.1:libegl1 libGL.so.1:libgl1 libxkbcommon.so.0:libxkbcommon0 libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1 libfreetype.so.6:libfreetype6 libglib-2.0.so.0:libglib2.0-0
libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-image.so.0:libxcb-image0 libxcb-render-util.so.0:libxcb-render-util0 libxcb-shape.so.0:libxcb-shape0
libxcb-xinerama.so.0:libxcb-xinerama0 libxcb-xkb.so.1:libxcb-xkb1 libxkbcommon-x11.so.0:libxkbcommon-x11-0"

missing_packages() {
  local known entry
  known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
  for entry in $qt_libraries; do
    case $known in *"${entry%%:*} "*) ;; *) printf '%s ' "${entry##*:}" ;; esac
  done
  command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list 2>/dev/null | head -n 1)" ] || printf 'fonts-dejavu-core fontconfig '
}

system_libraries() {
  [ "$(uname -s)" = Linux ] || return 0
  local missing
  missing=$(missing_packages)
  [ -n "${missing// /}" ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    say "These system libraries that Qt needs seem to be missing (Debian names): $missing"
    say "Install your system's packages for them, then run this again."
    return 0
  fi
  local install="apt-get install -y --no-install-recommends $missing"
  if [ "$(id -u)" -eq 0 ]; then
    say "installing the system libraries that Qt needs: $missing"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $install -qq; } >&2 || {
      say "that failed. Run by hand: apt-get update && $install"; exit 1; }
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    say "installing the system libraries that Qt needs: $missing"
    { sudo -n apt-get update -qq && sudo -n env DEBIAN_FRONTEND=noninteractive $install -qq; } >&2 || {
      say "that failed. Run by hand: sudo apt-get update && sudo $install"; exit 1; }
  else
    say "system libraries that Qt needs are missing. Run this, then try again:"
    say "  sudo apt-get update && sudo $install"
    exit 1
  fi
}

fingerprint() { cat pyproject.toml "$lock" packaging/bootstrap.sh | cksum; pwd; }

make_venv() {
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ]; then return; fi
  local python
  python=$(find_python)
  system_libraries
  say "setting up $venv (once; takes a minute or two)"
  [ -x "$venv/bin/python" ] || "$python" -m venv "$venv" || {
    say "making a virtual environment failed. On Debian/Ubuntu: sudo apt-get install python3-venv"; exit 1; }
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
  fingerprint >"$stamp"
}

case ${1:-run} in
  venv) make_venv ;;
  run)
    shift || true
    make_venv
    if [ "$(uname -s)" = Linux ] && [ $# -eq 0 ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
      say "this machine has no display, so the window cannot open here. To watch a whole sitting without one:"
      say "  $venv/bin/openbook sit CPC --robot 0.8 --shots DIR"
      exit 1
    fi
    exec "$venv/bin/openbook" "$@" ;;
  test)
    shift
    make_venv
    export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
    exec "$venv/bin/python" -m pytest "$@" ;;
  *) say "use: packaging/bootstrap.sh venv | run [ARGS] | test [PYTEST ARGS]"; exit 2 ;;
esac
