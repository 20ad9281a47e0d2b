#!/usr/bin/env bash
# Verifies both releases of a version, with the lines that it always printed; 'mero-tee release verify' does the
# work. Usage: scripts/release/verify-release-assets.sh X.Y.Z
# Takes X.Y.Z alone or after mero-kms-v, mero-tee-v or node-image-gcp-v; what follows are options of that command.
# Environment: see scripts/original.sh, and
#   RELEASE_WAIT_SECONDS   how long to wait for files that are not there yet: 54
# Refusals are on standard output; the exit code is then 1.
set -euo pipefail

tag=${1:-}
if [ -z "$tag" ]; then
  echo "Usage: $0 <X.Y.Z>"
  exit 1
fi
shift

source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../original.sh"
options+=(--wait "${RELEASE_WAIT_SECONDS:-54}")

# Between tries nothing is downloaded twice; afterwards nothing is left.
kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT
"$mero_tee" release verify "$tag" --lines --cache "$kept" "${options[@]}" "$@" || exit 1
