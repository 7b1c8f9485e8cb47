#!/usr/bin/env bash
# Runs a command as on a machine with Python and nothing else: no fonts, no Chromium, no locale, no list of fonts made
# earlier. For example: scripts/bare.sh make test
# It hides them in a mount namespace of its own (Linux, as root or with user namespaces); nothing outside changes.
set -euo pipefail

if [ -z "${PARKMAP_BARE:-}" ]; then
  apart=(unshare --mount)
  [ "$(id -u)" = 0 ] || apart+=(--map-root-user)
  if "${apart[@]}" mount -t tmpfs none /mnt 2>/dev/null; then
    PARKMAP_BARE=yes exec "${apart[@]}" "$0" "$@"
  fi
  echo "bare.sh: mount namespaces are not allowed here, so fonts and Chromium stay; only locale and caches are bare" >&2
else
  for folder in /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts; do
    if [ -d "$folder" ]; then mount -t tmpfs none "$folder"; fi
  done
  for name in chromium chromium-browser google-chrome; do
    program="$(command -v "$name" || true)"
    if [ -n "$program" ]; then mount --bind /dev/null "$(readlink -f "$program")"; fi
  done
  if fc-list 2>/dev/null | grep -q .; then
    echo "bare.sh: there are fonts left:" >&2
    fc-list >&2
    exit 1
  fi
fi

unset LANG LANGUAGE PARKMAP_CHROMIUM "${!LC_@}"
MPLCONFIGDIR="$(mktemp -d)"
export MPLCONFIGDIR
trap 'rm -rf "$MPLCONFIGDIR"' EXIT
"$@"
