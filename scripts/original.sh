# What the original's commands read from the environment, as options of mero-tee. Sourced, not run.
#   COSIGN_REPOSITORY, else GITHUB_REPOSITORY, else the remote origin, else calimero-network/mero-tee: the repository
#   COSIGN_CERTIFICATE_IDENTITY_REGEXP   accept whoever matches: weaker, and said so
#   COSIGN_CERTIFICATE_OIDC_ISSUER       another issuer of identities
#   RELEASES_URL, RELEASES_MIRRORS, REKOR_URL and the usual variables for proxies: see docs/releases.md
# GH_TOKEN and GITHUB_TOKEN are not needed and go nowhere.
# shellcheck shell=bash

mero_tee=${MERO_TEE:-"$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/mero-tee"}

origin_repository() {
  local origin
  origin=$(git remote get-url origin 2>/dev/null) || return 0
  [[ $origin =~ ^(https://github\.com/|git@github\.com:)([^/]+/[^/]+)$ ]] || return 0
  printf '%s\n' "${BASH_REMATCH[2]%.git}"
}

repository=${COSIGN_REPOSITORY:-${GITHUB_REPOSITORY:-$(origin_repository)}}
options=(--repository "${repository:-calimero-network/mero-tee}")
if [ -n "${COSIGN_CERTIFICATE_IDENTITY_REGEXP:-}" ]; then
  options+=(--identity-regexp "$COSIGN_CERTIFICATE_IDENTITY_REGEXP")
fi
if [ -n "${COSIGN_CERTIFICATE_OIDC_ISSUER:-}" ]; then
  options+=(--issuer "$COSIGN_CERTIFICATE_OIDC_ISSUER")
fi
