# shellcheck shell=bash
# What all tools share: messages, steps with a log, one run at a time. To be sourced.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
log_dir=$root/build/log
tool=tools/$(basename "$0")

say() { printf '%s\n' "$*"; }

# die <message>: one line to stderr, exit 1.
die() {
  printf '%s: %s\n' "$tool" "$*" >&2
  exit 1
}

# usage_error <message>: exit 2, as every wrong command line does.
usage_error() {
  printf '%s: %s (%s --help)\n' "$tool" "$*" "$tool" >&2
  exit 2
}

# step <name> <command> [argument…]: runs the command with its output in build/log/<name>.log.
# Prints one line with the seconds it took; where it fails, the end of its log, and stops.
# Steps that were ready at once are not mentioned.
step() {
  local name=$1 status start=$SECONDS
  shift
  local log=$log_dir/${name// /-}.log
  mkdir -p "$log_dir"
  [[ ! -t 1 ]] || printf '%s …\r' "$name"
  # Not as a condition: bash would switch off `set -e` inside the command.
  set +e
  (
    set -e
    "$@"
  ) >"$log" 2>&1
  status=$?
  set -e
  if ((status != 0)); then
    {
      printf '%s: step "%s" failed (exit %d). The end of %s:\n' "$tool" "$name" "$status" \
        "${log#"$root"/}"
      tail -n 40 "$log" | cut -c1-240 | sed 's/^/  | /'
    } >&2
    exit 1
  fi
  if ((SECONDS - start >= 1)); then
    printf '%-28s %4d s\n' "$name" $((SECONDS - start))
  elif [[ -t 1 ]]; then
    printf '\033[K'
  fi
}

# Two runs at once would build into the same folders: the second one waits.
lock_builds() {
  mkdir -p "$root/build"
  exec 9>"$root/build/.lock"
  command -v flock >/dev/null || return 0
  if ! flock -n 9; then
    say "waiting for another run of tools/ in this folder"
    flock 9
  fi
}
unlock_builds() { exec 9>&-; }
