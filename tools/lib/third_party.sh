# shellcheck shell=bash
# The sources of SDL2, Dear ImGui, zlib and GLM in build/third_party, from Debian's source packages, and
# Python's safetensors for the tests. To be sourced after common.sh. Without apt nothing is done here: CMake then takes them from the upstream
# git tags (cmake/third_party.cmake).

third_party_dir=$root/build/third_party

# ensure_third_party: folder, source package and suite of each. The suite, not a version, is what
# stays: 2.32 of SDL2 needs a newer Emscripten than Debian 12's, Dear ImGui of Debian 12 is old.
ensure_third_party() {
  command -v apt-get >/dev/null || return 0
  ensure_source sdl2 libsdl2 bookworm
  ensure_source imgui imgui trixie
  ensure_source zlib zlib bookworm
  ensure_headers glm libglm-dev /usr/include/glm
}

# has_source <folder> <origin>: whether the folder was completely filled from that origin.
has_source() { [[ $(cat "$third_party_dir/$1/.origin" 2>/dev/null) == "$2" ]]; }

# put_source <folder> <origin> <new folder>: the folder appears at once and whole.
put_source() {
  printf '%s\n' "$2" >"$3/.origin"
  rm -rf "${third_party_dir:?}/$1"
  mv "$3" "$third_party_dir/$1"
}

ensure_source() {
  local folder=$1 package=$2 suite=$3
  has_source "$folder" "$package of $suite" || step "fetch $package" fetch_source "$@"
}

ensure_headers() {
  local folder=$1 package=$2 headers=$3
  has_source "$folder" "$package" || step "copy $package" copy_headers "$@"
}

# The Debian archive that this machine takes its own packages from, and the key file of it.
debian_archive() {
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI) $(SIGNED_BY)' \
    'Created-By: Packages' |
    awk '$2 == "main" && $1 !~ /-|\// { print $3, $4; exit }'
}

# debian_suite <type> <suite> <work>: leaves in `apt` an apt-get that knows that suite alone, its lists
# and downloads below <work>, and updates it.
debian_suite() {
  local type=$1 suite=$2 work=$3 uri key
  read -r uri key < <(debian_archive) || true
  [[ -n $uri ]] || {
    echo "apt knows no Debian archive: see /etc/apt/sources.list and sources.list.d"
    return 1
  }
  [[ -f $key ]] || key=/usr/share/keyrings/debian-archive-keyring.gpg

  rm -rf "$work"
  mkdir -p "$work"/{lists/partial,cache/archives/partial,download,new}
  printf 'Types: %s\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
    "$type" "$uri" "$suite" "$key" >"$work/list.sources"
  apt=(apt-get -q -o Acquire::Retries=3
    -o Dir::Etc::SourceList="$work/list.sources" -o Dir::Etc::SourceParts=/dev/null
    -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache")
  # As root apt would download as another user, who may not write here.
  ((EUID != 0)) || apt+=(-o APT::Sandbox::User=root)
  "${apt[@]}" update
}

fetch_source() {
  local folder=$1 package=$2 suite=$3 apt
  local work=$third_party_dir/.fetch-$folder
  debian_suite deb-src "$suite" "$work"
  (cd "$work/download" && "${apt[@]}" source --download-only --only-source "$package")
  tar -xf "$work"/download/*.orig.tar.* -C "$work/new" --strip-components=1
  put_source "$folder" "$package of $suite" "$work/new"
  rm -rf "$work"
}

# ensure_safetensors: its Python module, which writes files for the tests, in build/third_party.
# Debian 12 has none. That of trixie is for its own Python alone; that of forky is for every one from
# 3.10 on, under a name that Debian 12's does not look for. Without apt nothing is done.
ensure_safetensors() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 0
  has_source safetensors "python3-safetensors of forky" ||
    step "fetch python3-safetensors" fetch_safetensors
}

fetch_safetensors() {
  local apt module work=$third_party_dir/.fetch-safetensors
  debian_suite deb forky "$work"
  (cd "$work/download" && "${apt[@]}" download python3-safetensors)
  dpkg-deb -x "$work"/download/*.deb "$work/unpacked"
  mv "$work"/unpacked/usr/lib/python3/dist-packages/safetensors "$work/new/"
  mv "$work"/unpacked/usr/share/doc/python3-safetensors/copyright "$work/new/copying.txt"
  module=$(echo "$work"/new/safetensors/_safetensors_rust.abi3-*.so)
  mv "$module" "$work/new/safetensors/_safetensors_rust.abi3.so"
  put_source safetensors "python3-safetensors of forky" "$work/new"
  rm -rf "$work"
}

copy_headers() {
  local folder=$1 package=$2 headers=$3
  local work=$third_party_dir/.fetch-$folder
  rm -rf "$work"
  mkdir -p "$work"
  cp -r "$headers" "$work/"
  cp "/usr/share/doc/$package/copyright" "$work/copying.txt"
  put_source "$folder" "$package" "$work"
}
