# shellcheck shell=bash
# The Debian packages that the project needs; only missing ones are installed. To be sourced after
# common.sh.

build_packages=(
  emscripten cmake ninja-build esbuild
  fonts-inter fonts-jetbrains-mono fonts-noto-cjk python3-fonttools
  libglm-dev libgtest-dev nlohmann-json3-dev
  ca-certificates xz-utils bzip2
)
test_packages=(
  g++ clang-format chromium
  python3-numpy # runs the programs that the page saves
  libsdl2-dev libgles-dev # the desktop window, which is compiled so that it stays right
  python3-numpy           # writes files for the tests; so does python3-torch where it is installed
)
bench_packages=(chromium)
fuzz_packages=(clang libclang-rt-14-dev)
# The documentation tools whose pages the tests embed Softmask in.
host_packages=(
  mkdocs mkdocs-material
  python3-sphinx furo python3-pydata-sphinx-theme
  jupyter-nbconvert python3-ipykernel
)
# The other engines, which draw WebGL in windows alone: on a screen of Xvfb, by Mesa's software.
window_packages=(xvfb libegl1 libgl1-mesa-dri libgles2)
firefox_packages=(firefox-esr "${window_packages[@]}")
webkit_packages=(webkit2gtk-driver python3-gi gir1.2-webkit2-4.1 "${window_packages[@]}")

# Prints those of the given packages that are not installed.
missing_packages() {
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
    sed -n 's/^installed //p' || true)
  printf '%s\n' "$@" | grep -vxF -f <(printf '%s\n' "$installed") || true
}

# Whether that Node is new enough.
is_new_node() { "$1" -e 'process.exit(+(parseInt(process.versions.node) < 18))' 2>/dev/null; }

# Whether there is a Node 18 or newer. Debian's comes first on the PATH where another is too old.
has_node() {
  is_new_node node && return 0
  is_new_node /usr/bin/node || return 1
  export PATH=/usr/bin:$PATH
}

# With apt: nothing but packages. Without: the same things under their own names.
missing_without_apt() {
  local item
  for item in "$@"; do
    case $item in
      emscripten) command -v emcc >/dev/null || say "Emscripten 3.1.6 or newer (emcc)" ;;
      cmake) command -v cmake >/dev/null || say "CMake 3.25" ;;
      ninja-build) command -v ninja >/dev/null || say "Ninja" ;;
      esbuild) command -v esbuild >/dev/null || say "esbuild 0.17 or newer" ;;
      fonts-inter) [[ -d /usr/share/fonts/opentype/inter ]] || say "the font Inter (OTF)" ;;
      fonts-jetbrains-mono)
        [[ -d /usr/share/fonts/truetype/jetbrains-mono ]] || say "the font JetBrains Mono"
        ;;
      fonts-noto-cjk)
        [[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ]] || say "the font Noto Sans CJK"
        ;;
      python3-fonttools) python3 -c 'import fontTools' 2>/dev/null || say "Python's fontTools" ;;
      python3-numpy) python3 -c 'import numpy' 2>/dev/null || say "NumPy 1.24" ;;
      g++) command -v g++ >/dev/null || say "g++ 12" ;;
      clang-format) command -v clang-format >/dev/null || say "clang-format 14" ;;
      python3-numpy) python3 -c 'import numpy' 2>/dev/null || say "NumPy" ;;
      chromium) command -v chromium >/dev/null || say "Chromium" ;;
      firefox-esr) command -v firefox-esr firefox >/dev/null || say "Firefox" ;;
      webkit2gtk-driver) command -v WebKitWebDriver >/dev/null || say "WebKitWebDriver" ;;
      gir1.2-webkit2-4.1)
        /usr/bin/python3 -c 'import gi; gi.require_version("WebKit2", "4.1")' 2>/dev/null ||
          say "PyGObject with WebKit2 4.1"
        ;;
      xvfb) command -v Xvfb >/dev/null || say "Xvfb" ;;
      nodejs) has_node || say "Node 18 or newer" ;;
      mkdocs) command -v mkdocs >/dev/null || say "MkDocs 1.4" ;;
      mkdocs-material)
        python3 -c 'from mkdocs.utils import get_theme_names as names; exit("material" not in names())' \
          2>/dev/null || say "MkDocs Material 8"
        ;;
      python3-sphinx) command -v sphinx-build >/dev/null || say "Sphinx 5" ;;
      furo) python3 -c 'import furo' 2>/dev/null || say "Furo" ;;
      python3-pydata-sphinx-theme)
        python3 -c 'import pydata_sphinx_theme' 2>/dev/null || say "the PyData theme of Sphinx"
        ;;
      jupyter-nbconvert) command -v jupyter-nbconvert >/dev/null || say "nbconvert 6" ;;
      python3-ipykernel) python3 -c 'import ipykernel' 2>/dev/null || say "ipykernel" ;;
      npm) command -v npm >/dev/null || say "npm" ;;
    esac
  done
}

join_lines() { paste -sd, - | sed 's/,/, /g'; }

# ensure_packages <package>…: afterwards they are installed, or the tool has stopped in one line.
ensure_packages() {
  local wanted=("$@") missing as_root=()
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    missing=$(missing_without_apt "${wanted[@]}" nodejs)
    [[ -z $missing ]] || die "there is no apt here: install by hand $(join_lines <<<"$missing")"
    return 0
  fi
  has_node || wanted+=(nodejs)
  missing=$(missing_packages "${wanted[@]}")
  [[ -n $missing ]] || return 0
  if ((EUID != 0)); then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [[ -t 0 ]] && sudo -v; }; }; then
      as_root=(sudo)
    else
      die "needs root or sudo once, for: apt-get install $(paste -sd' ' - <<<"$missing")"
    fi
  fi
  mapfile -t missing <<<"$missing"
  say "installing ${missing[*]}"
  step "install packages" install_packages "${missing[@]}"
}

# Called by ensure_packages, with its as_root.
install_packages() {
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q
    -o Acquire::Retries=3 -o DPkg::Lock::Timeout=900)
  # The lock of the package lists has no waiting option of its own.
  until "${apt[@]}" update >"$log_dir/apt-update.log" 2>&1; do
    cat "$log_dir/apt-update.log"
    grep -q 'Could not get lock' "$log_dir/apt-update.log" || return 1
    echo "waiting for another apt"
    sleep 3
  done
  "${apt[@]}" install -y --no-install-recommends "$@"
}
