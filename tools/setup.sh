# setup.sh - sourced by tools/run and tools/test: install what is missing, configure and build into build/.
# Keeps true: a second call installs and configures nothing. Everything it prints goes to stderr.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
build="$top/build"

say() { printf 'gilly: %s\n' "$*" >&2; }

install_packages() {
  stamp="$build/.packages"
  if [ -f "$stamp" ] && cmp -s "$stamp" "$top/tools/packages.txt"; then return; fi
  missing=
  for package in $(grep -v '^#' "$top/tools/packages.txt"); do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  if [ -n "$missing" ]; then
    say "installing$missing"
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    log=$(mktemp)
    if ! { $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
           $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
      cat "$log" >&2
      say "could not install the packages above"
      exit 1
    fi
    rm -f "$log"
  fi
  mkdir -p "$build"
  cp "$top/tools/packages.txt" "$stamp"
}

# meson picks python from PATH; Debian's own is the one that runs it.
run_meson() { PATH="/usr/bin:/bin:$PATH" meson "$@"; }

build_gilly() {
  log=$(mktemp)
  if [ ! -f "$build/build.ninja" ]; then
    say "configuring (release, link-time optimisation)"
    run_meson setup "$build" "$top" >"$log" 2>&1 || { cat "$log" >&2; say "meson setup failed"; exit 1; }
  fi
  # meson lists the sources when it configures: a new file means to configure again
  files=$(cd "$top" && find gil runtime interp tests examples -name '*.c' -o -name '*.py' | LC_ALL=C sort | cksum)
  if [ "$files" != "$(cat "$build/.files" 2>/dev/null)" ]; then
    [ ! -f "$build/.files" ] || run_meson setup --reconfigure "$build" "$top" >"$log" 2>&1 || { cat "$log" >&2; say "meson setup failed"; exit 1; }
    printf '%s\n' "$files" >"$build/.files"
  fi
  if ! ninja -C "$build" -n 2>/dev/null | grep -q 'no work to do'; then say "building into build/"; fi
  ninja -C "$build" >"$log" 2>&1 || { grep -E 'error|FAILED|undefined' "$log" >&2 || cat "$log" >&2; say "the build failed"; exit 1; }
  rm -f "$log"
}
