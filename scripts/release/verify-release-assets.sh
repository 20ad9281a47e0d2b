#!/usr/bin/env bash
# Verifies both releases of a version, with the lines that it always printed; 'mero-tee release verify' does the
# work. Usage: scripts/release/verify-release-assets.sh X.Y.Z
# Takes X.Y.Z alone or after mero-kms-v, mero-tee-v or node-image-gcp-v; what follows are options of that command.
# Environment:
#   COSIGN_REPOSITORY, else GITHUB_REPOSITORY, else the remote origin, else calimero-network/mero-tee: the repository
#   COSIGN_CERTIFICATE_IDENTITY_REGEXP   accept whoever matches, of both families: weaker, and said so
#   COSIGN_CERTIFICATE_OIDC_ISSUER       another issuer of identities
#   RELEASES_URL, RELEASES_MIRRORS, REKOR_URL and the usual variables for proxies: see docs/releases.md
#   RELEASE_WAIT_SECONDS                 how long to wait for files that are not there yet: 54
# GH_TOKEN and GITHUB_TOKEN are not needed and go nowhere.
# Refusals are on standard output; the exit code is then 1.
set -euo pipefail

tag=${1:-}
if [ -z "$tag" ]; then
  echo "Usage: $0 <X.Y.Z>"
  exit 1
fi
shift

origin_repository() {
  local origin
  origin=$(git remote get-url origin 2>/dev/null) || return 0
  [[ $origin =~ ^(https://github\.com/|git@github\.com:)([^/]+/[^/]+)$ ]] || return 0
  printf '%s\n' "${BASH_REMATCH[2]%.git}"
}

repository=${COSIGN_REPOSITORY:-${GITHUB_REPOSITORY:-$(origin_repository)}}
options=(--repository "${repository:-calimero-network/mero-tee}" --wait "${RELEASE_WAIT_SECONDS:-54}")
if [ -n "${COSIGN_CERTIFICATE_IDENTITY_REGEXP:-}" ]; then
  options+=(--identity-regexp "$COSIGN_CERTIFICATE_IDENTITY_REGEXP")
fi
if [ -n "${COSIGN_CERTIFICATE_OIDC_ISSUER:-}" ]; then
  options+=(--issuer "$COSIGN_CERTIFICATE_OIDC_ISSUER")
fi

# Between tries nothing is downloaded twice; afterwards nothing is left.
kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT
mero_tee=${MERO_TEE:-"$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../mero-tee"}
"$mero_tee" release verify "$tag" --lines --cache "$kept" "${options[@]}" "$@" || exit 1
