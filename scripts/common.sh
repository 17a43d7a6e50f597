# What the other scripts share: where the project is, how much of the machine a build may take, and
# how a script says what it does. Sourced, not run.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Compilers and tests speak and sort alike on every machine.
unset LC_CTYPE LC_MESSAGES
export LANG=C.UTF-8 LC_ALL=C.UTF-8
SELF=$ROOT/scripts/$(basename "$0")
cd "$ROOT"

say() { printf '%s\n' "$*" >&2; }
fail() { say "$(basename "$0"): $*"; exit 1; }

# The first comment of a script is its help.
usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$SELF"; }

# A compiler can take 1.5 GB on the heaviest files; more jobs than memory would only swap.
jobs_that_fit() {
  local cores memory_kb fit
  cores=$(nproc)
  memory_kb=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
  fit=$((memory_kb / 1500000))
  ((fit > cores)) && fit=$cores
  ((fit < 1)) && fit=1
  echo "$fit"
}
JOBS=${JOBS:-$(jobs_that_fit)}

# Starts a server on a free port and waits until it accepts connections. Sets SERVER_PID and links
# by role in SERVER_LINKS: start_server FILE_FOR_ITS_LINES ARGUMENT…
declare -A SERVER_LINKS=()
start_server() {
  local lines=$1 binary=${SERVER_BINARY:-build/release/hallway}
  shift
  : > "$lines"
  "$binary" serve "$@" > "$lines" 2>> "${lines%.out}.log" &
  SERVER_PID=$!
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    grep -q '^organiser ' "$lines" && break
    kill -0 "$SERVER_PID" 2> /dev/null || { tail -n 20 "${lines%.out}.log" >&2; fail "the server stopped"; }
    sleep 0.1
  done
  grep -q '^organiser ' "$lines" || fail "the server was not ready within 30 s"
  local role link
  while read -r role link; do SERVER_LINKS[$role]=$link; done < "$lines"
}
