# shellcheck shell=bash
# Builds the static site into build/web. To be sourced after common.sh, packages.sh, third_party.sh.

# What a build needs; nothing is done where it is there.
ensure_build_tools() {
  ensure_packages "${build_packages[@]}" "$@"
  ensure_third_party
}

# A python3 that a version manager puts on the PATH takes half a second to start, and emcc starts one
# for every file; Debian's emcc is made for Debian's.
[[ ! -x /usr/bin/python3 ]] || export EMSDK_PYTHON=${EMSDK_PYTHON:-/usr/bin/python3}

# compile <preset> [target…]: configures once, then builds incrementally.
compile() {
  local preset=$1
  shift
  is_configured "$preset" || step "configure $preset" configure "$preset"
  step "compile $preset" cmake --build "$root/build/$preset" ${1:+--target "$@"}
}

# Whether the build tree is there, and of this very folder: CMake's files hold absolute paths.
is_configured() {
  [[ -f $root/build/$1/build.ninja ]] &&
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$root/build/$1/CMakeCache.txt"
}

# A failed first configuration must not look like a finished one.
configure() {
  rm -rf "${root:?}/build/$1"
  (cd "$root" && cmake --preset "$1") || {
    rm -f "$root/build/$1/build.ninja"
    return 1
  }
}

# build_site [preset]: build/web is replaced as a whole, and only by a complete site.
build_site() {
  local preset=${1:-web-release}
  compile "$preset" site
  step "put the modules together" install_modules "$preset"
  step "make the site" node "$root/tools/lib/make_site.js" "$root/build/modules" "$root/build/web"
  step "make the one file" node "$root/tools/lib/make_single_file.js" \
    "$root/build/modules" "$root/build/softmask.html"
  step "make the npm package" node "$root/tools/lib/make_package.js" \
    "$root/build/modules" "$root/build/web" "$root/build/package"
}

# build/modules: the site with a file a module, of which the site that is served is made.
install_modules() {
  local new=$root/build/modules.new
  rm -rf "$new"
  cmake --install "$root/build/$1" --prefix "$new"
  rm -rf "$root/build/modules"
  mv "$new" "$root/build/modules"
}
