# Sourced by deploy/quickstart and deploy/verify: finds what is missing and installs it from Debian packages, or says how.
# shellcheck shell=bash

# need COMMAND PACKAGE... : remembers PACKAGE if COMMAND is not there.
missing_packages=()
need() {
  local command=$1
  shift
  command -v "$command" >/dev/null 2>&1 || missing_packages+=("$@")
}

# install_missing WHO INSTALL(yes|no): installs what need() found, or ends with the command that would.
install_missing() {
  local who=$1 install=$2
  [ ${#missing_packages[@]} -eq 0 ] && return 0
  if [ "$install" = yes ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "==> Installing ${missing_packages[*]}" >&2
    apt-get update -qq >&2 || true
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing_packages[@]}" >/dev/null; then
      hash -r
      return 0
    fi
  fi
  echo "$who: missing: ${missing_packages[*]} (on Debian: apt-get install ${missing_packages[*]})" >&2
  exit 1
}

# require_java WHO: JDK 17 or newer, compiler included.
require_java() {
  local version
  version=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  if [ -z "$version" ] || [ "$version" -lt 17 ]; then
    echo "$1: a JDK 17 or newer is needed (found: ${version:-none}): apt-get install openjdk-17-jdk-headless, or set JAVA_HOME and PATH" >&2
    exit 1
  fi
}

# require_node WHO: Node.js 20 or newer with npm.
require_node() {
  local version
  version=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
  if [ -z "$version" ] || [ "$version" -lt 20 ] || ! command -v npm >/dev/null 2>&1; then
    echo "$1: Node.js 20 or newer with npm is needed for the console (found: ${version:-none}): see https://nodejs.org/en/download" >&2
    exit 1
  fi
}

# maven: the installed Maven if it is new enough, else the wrapper, which fetches one.
maven() {
  if command -v mvn >/dev/null 2>&1; then mvn "$@"; else "$checkout/mvnw" "$@"; fi
}
