#!/usr/bin/env bash
# Says, in one line each, which tools are missing or too old. With "chromium" it asks for the browser of the tests too.
set -u
failed=0

complain() {
  echo "millrace needs $1" >&2
  failed=1
}

# at_least NEEDED FOUND: whether version FOUND is NEEDED or newer.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# tool NAME NEEDED HINT VERSION-COMMAND…
tool() {
  local name=$1 needed=$2 hint=$3
  shift 3
  if ! command -v "$1" >/dev/null 2>&1; then
    complain "$name $needed or newer, which is not installed: $hint"
    return
  fi
  local found
  found=$("$@" 2>&1 | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1)
  at_least "$needed" "${found:-0}" || complain "$name $needed or newer; this is ${found:-unknown}: $hint"
}

tool Go 1.26 "see go.dev/doc/install" go version
tool Node.js 20.0 "see nodejs.org" node --version
tool npm 9.0 "it comes with Node.js" npm --version
tool Java 17.0 "install a JDK, such as openjdk-17-jdk" java -version
tool javac 17.0 "install a JDK, such as openjdk-17-jdk" javac -version
tool Maven 3.6 "install maven" mvn -B --version
if [ "${1:-}" = chromium ]; then
  for browser in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$browser" ] && command -v "$browser" >/dev/null 2>&1 && exit "$failed"
  done
  complain "Chromium for its browser tests: install the package chromium, or name the program in CHROMIUM"
fi
exit "$failed"
