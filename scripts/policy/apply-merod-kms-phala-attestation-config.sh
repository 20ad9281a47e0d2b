#!/usr/bin/env bash
# Sets merod's configuration for the KMS of a release value by value, after verifying that release.
# Keeps the name, arguments and output of the command of the same name in the original repository; refusals go
# to standard output and end in 1, as there. `mero-tee policy apply --help` tells more and has more options.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/policy/apply-merod-kms-phala-attestation-config.sh [--dry-run] [--profile P] <tag> <kms-url> <merod-home> [node-name]
  --dry-run: only print what would run
  P: debug, debug-read-only, or locked-read-only, which is the default
  tag: X.Y.Z, alone or after mero-kms-v, mero-tee-v or node-image-gcp-v
  kms-url: https://..., or http://127.0.0.1... for a KMS on this machine
  node-name: "default" by default
TEXT
}

dry_run=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage && exit 0 ;;
    --dry-run) dry_run=(--dry-run) ;;
    --profile)
      [ $# -ge 2 ] || refuse_usage
      profile=$2 && shift
      ;;
    *) break ;;
  esac
  shift
done
require_profile
if [ $# -lt 3 ] || [ $# -gt 4 ]; then
  refuse_usage
fi
command -v merod >/dev/null || refuse 'merod is required'
run apply "${dry_run[@]}" --profile "$profile" "$@"
