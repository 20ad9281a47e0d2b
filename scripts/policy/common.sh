# Shared by the scripts beside it. Sourced, not run.
# shellcheck shell=bash
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../original.sh"
profile=locked-read-only

# A refusal goes to standard output and ends in 1: so the original's commands did, and so scripts expect it.
refuse() {
  printf '%s\n' "$*"
  exit 1
}

refuse_usage() {
  usage
  exit 1
}

require_profile() {
  case $profile in
    debug | debug-read-only | locked-read-only) ;;
    *) refuse "Unsupported --profile '$profile'" ;;
  esac
}

# Runs a command of mero-tee policy. What it says on standard error goes there, but the reason of a refusal, which
# goes to standard output.
run() {
  local said status=0 command=$1
  shift
  { said=$("$mero_tee" policy "$command" "${options[@]}" "$@" 2>&1 >&3) || status=$?; } 3>&1
  if [ "$status" != 0 ]; then
    sed '/^error: /,$ d' <<<"$said" >&2
    refuse "$(sed -n '/^error: /,$ s/^error: //p' <<<"$said")"
  fi
  if [ -n "$said" ]; then
    printf '%s\n' "$said" >&2
  fi
}
