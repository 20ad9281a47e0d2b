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
  for home in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/25* "${HOME:-}"/.jdks/* /opt/*jdk*25* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
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

# Node of a version that the page's tools take.
has_node() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
}

require_node() {
  has_node || { apt_install nodejs npm && has_node; } ||
    die 'Node 20.19, 22.12 or later, with npm, is missing. Install it, for example from your distribution or nodejs.org.'
}

# A Redis or Valkey server for the tests to start, installed without starting one of its own.
offer_redis() {
  command -v valkey-server >/dev/null || command -v redis-server >/dev/null || RUNLEVEL=1 apt_install redis-server ||
    printf 'no redis-server or valkey-server: tests of the shared store will be skipped (Debian: apt-get install redis-server)\n' >&2
}

# When what is built was committed; nothing where this folder is not a git checkout of its own.
commit_time() {
  [ "$(git rev-parse --show-toplevel 2>/dev/null)" = "$(pwd -P)" ] || return 0
  TZ=UTC0 git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd 2>/dev/null || true
}

# For Maven: without what scripts/check looks for, which takes longer than compiling.
UNCHECKED=(-Dspotless.check.skip=true -Derrorprone.of-programs=-parameters -Derrorprone.of-tests=-parameters)

# Maven on JDK 25, quiet about its own use of old JDK interfaces.
maven() {
  local time
  require_jdk25
  require_maven
  time=$(commit_time)
  MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" mvn -B -ntp ${time:+-Dproject.build.outputTimestamp="$time"} "$@"
}

# Whether nothing changed since a build: one of build_module's own, or one of all modules.
is_built() {
  local jar=$1 built=$2 mark
  shift 2
  [ -e "$jar" ] || return 1
  for mark in "$built" "$jar"; do
    if [ -e "$mark" ] && [ -z "$(find "$@" -newer "$mark" -print -quit)" ]; then
      return
    fi
  done
  return 1
}

# Builds a module and what it needs, where it is missing or older than its sources, and says so on standard
# error. Of several at the same time one builds, and the others wait for it.
# Usage: build_module FOLDER JAR MODULE..., the jar without its folder; the modules are those whose sources count.
build_module() {
  local folder=$1 jar=$1/target/$2 built=$1/target/build.mark log=$1/target/build.log sources=(pom.xml) module
  shift 2
  for module in "$@"; do
    sources+=("$module/pom.xml" "$module/src/main")
  done
  is_built "$jar" "$built" "${sources[@]}" && return
  mkdir -p "$folder/target"
  if command -v flock >/dev/null; then
    exec 9>"$folder/target/build.lock"
    flock 9
  fi
  if ! is_built "$jar" "$built" "${sources[@]}"; then
    printf 'building %s …\n' "$folder" >&2
    # From before the build: what is edited meanwhile is built the next time.
    touch "$built.new"
    maven package -pl "$folder" -am -Dmaven.test.skip=true "${UNCHECKED[@]}" >"$log" 2>&1 9>&- &
    show_progress $! "$log"
    if ! wait $!; then
      tail -n 30 "$log" >&2
      die "the build failed; all of its output is in $ROOT/$log"
    fi
    mv "$built.new" "$built"
  fi
  exec 9>&-
}

# The demonstration, and with it everything that it is made of.
build_demo() {
  build_module demo mero-tee-demo.jar demo cli functions/local functions/app functions/verify functions/policy functions/admission functions/api kms-enclave/server kms-enclave/config kms-enclave/core shared/guest shared/bundles shared/release shared/attestation simulator
}

# Shows on a terminal which module is being built.
show_progress() {
  local module
  [ -t 2 ] || return 0
  while kill -0 "$1" 2>/dev/null; do
    module=$(grep -oE '^\[INFO\] Building mero-tee[^ ]* .*\[[0-9]+/[0-9]+\]' "$2" | tail -n 1 | sed -E 's/^\[INFO\] Building ([^ ]+) .*(\[[0-9/]+\])/\2 \1/') || true
    printf '\r\033[K  %s' "$module" >&2
    sleep 0.5
  done
  printf '\r\033[K' >&2
}

# Sets JAVA_HOME to a JDK 25 that was found before: asking each JDK for its version takes longer than most
# commands.
use_jdk25() {
  local remembered=target/jdk25
  if [ -r "$remembered" ]; then
    JAVA_HOME=$(<"$remembered")
    if [ -x "$JAVA_HOME/bin/java" ] && grep -qs '^JAVA_VERSION="25' "$JAVA_HOME/release"; then
      return
    fi
    unset JAVA_HOME
  fi
  require_jdk25
  mkdir -p target
  printf '%s\n' "$JAVA_HOME" >"$remembered"
}
