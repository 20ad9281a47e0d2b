#!/usr/bin/env bash
# Prints merod's configuration for the KMS of a release, or writes it into a file, after verifying that release.
# Keeps the name, arguments and output of the command of the same name in the original repository; refusals go
# to standard output and end in 1, as there. `mero-tee policy generate --help` tells more and has more options.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/policy/generate-merod-kms-phala-attestation-config.sh [--profile P] <tag> <kms-url> [output-file]
  P: debug, debug-read-only, or locked-read-only, which is the default
  tag: X.Y.Z, alone or after mero-kms-v, mero-tee-v or node-image-gcp-v
  kms-url: https://..., or http://127.0.0.1... for a KMS on this machine
  output-file: written instead of standard output
TEXT
}

words=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage && exit 0 ;;
    --profile)
      [ $# -ge 2 ] || refuse_usage
      profile=$2 && shift
      ;;
    *) words+=("$1") ;;
  esac
  shift
done
require_profile
if [ ${#words[@]} -lt 2 ] || [ ${#words[@]} -gt 3 ]; then
  refuse_usage
fi
run generate --profile "$profile" "${words[@]}"
