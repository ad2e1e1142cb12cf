# shellcheck shell=bash
# The npm packages of the tests (package-lock.json) in node_modules. To be sourced after common.sh.

ensure_node_packages() {
  local stamp=$root/node_modules/.softmask-lock
  cmp -s "$root/package-lock.json" "$stamp" && return 0
  step "install npm packages" install_node_packages "$stamp"
}

install_node_packages() {
  (cd "$root" && npm ci --ignore-scripts --no-audit --no-fund)
  cp "$root/package-lock.json" "$1"
}
