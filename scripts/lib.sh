# Shared by the scripts beside it: finds what they need, installs what package managers offer, says what is
# missing. Sourced, not run.
# shellcheck shell=bash
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

die() {
  printf 'error: %s\n' "$*" >&2
  exit 2
}

# Installs a Debian package if this is Debian and we may; silent otherwise.
apt_install() {
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
  printf 'installing %s …\n' "$*" >&2
  { apt-get install -y --no-install-recommends "$@" || { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >/dev/null 2>&1
}

is_jdk25() {
  [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | grep -q '^javac 25\b'
}

find_jdk25() {
  local home
  for home in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/* /opt/*jdk*25* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && is_jdk25 "$home"; then
      printf '%s\n' "$home"
      return
    fi
  done
  return 1
}

# Sets JAVA_HOME and PATH to a JDK 25.
require_jdk25() {
  JAVA_HOME=$(find_jdk25 || { apt_install openjdk-25-jdk-headless && find_jdk25; }) ||
    die 'no JDK 25 found. Install one (Debian 13 and later: apt-get install openjdk-25-jdk-headless; else Temurin 25) or set JAVA_HOME to it.'
  export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
}

require_maven() {
  command -v mvn >/dev/null || apt_install maven || die 'Maven (mvn) is missing. Install it, for example with: apt-get install maven'
}

# Maven on JDK 25, quiet about its own use of old JDK interfaces.
maven() {
  require_jdk25
  require_maven
  MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" mvn -B -ntp "$@"
}
