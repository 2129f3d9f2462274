#!/usr/bin/env bash
# Provide an `ollama` binary: the one on the PATH, else one built from source out of the Go module proxy, which is
# reachable where release downloads are not. Progress goes to stderr; stdout carries one line, the path of the binary.
#
#   EAIO_OLLAMA_FORCE_BUILD=1   build the pinned version even where a binary is present
set -euo pipefail

readonly VERSION=0.17.4 GO_MIN=1.24.1 # the go line of that version's go.mod
readonly AUDIO=miniaudio==1.71        # the sdist that carries the one header which the module zip lacks
readonly AUDIO_SHA256=ff51e2887bb673e2e757752b586b3dc924d59aa5fbcae9bbc45f4a111bd3262b
readonly FORCE=${EAIO_OLLAMA_FORCE_BUILD:-0}

say() { printf '%s\n' "$*" >&2; }
die() { say "ollama: $*"; exit 1; }
STEP=0
step() { STEP=$((STEP + 1)); printf '[%d/5] %4d s  %s\n' "$STEP" "$SECONDS" "$*" >&2; }

# Print the version of a binary. It asks a running server first, so it is pointed at a port where none listens.
version_of() {
  OLLAMA_HOST=127.0.0.1:1 "$1" --version 2>/dev/null | sed -n 's/.*version is v\{0,1\}\([0-9][^ ]*\).*/\1/p' | tail -n 1
}

is_built() { [[ $FORCE != 1 && -x $BINARY && $(version_of "$BINARY") == "$VERSION" ]]; }

# Tell whether the C++ compiler finds a header, wherever a distribution puts it.
has_header() { printf '#include <%s>\n' "$1" | c++ -E -x c++ - >/dev/null 2>&1; }

finish() { say "ollama: $1"; printf '%s\n' "$2"; exit 0; }

if [[ $FORCE != 1 ]] && found=$(command -v ollama); then
  version=$(version_of "$found") || true
  finish "found on the PATH, version ${version:-unknown}" "$found"
fi

[[ -n ${HOME:-} ]] || die "HOME is not set; Go and Ollama keep their files below it"
readonly ROOT=${XDG_CACHE_HOME:-$HOME/.cache}/eaio/ollama
readonly BINARY=$ROOT/bin/ollama LOG=$ROOT/build.log
if is_built; then finish "$VERSION is already built" "$BINARY"; fi

# macOS has Metal, which this build leaves out, and a package that has it.
[[ $(uname -s) == Linux ]] || die "this script builds on Linux only; on macOS run: brew install ollama"
command -v flock >/dev/null || die "flock is missing; install util-linux"

# One build at a time. The lock is inherited by the compiler: where this script was killed outright, the next one waits
# for what is still running, and what it then finds in a build folder is rubbish.
mkdir -p "$ROOT/bin"
exec 9>"$ROOT/lock"
if ! flock -n 9; then
  say "ollama: another build is under way, waiting for it (Ctrl-C to leave it alone)"
  flock 9
  if is_built; then finish "$VERSION was built meanwhile" "$BINARY"; fi
fi
rm -rf "$ROOT"/build.??????
TEMP=$(mktemp -d "$ROOT/build.XXXXXX") # beside its target, so that the last move is one atomic rename
GO_GROUP=
# shellcheck disable=SC2317,SC2329 # reached by the trap
clean_up() {
  if [[ -n $GO_GROUP ]]; then { kill -TERM -- "-$GO_GROUP" && wait "$GO_GROUP"; } 2>/dev/null || true; fi
  rm -rf "$TEMP"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP
: >"$LOG"

fail() {
  say "--- last lines of $LOG"
  tail -n 25 "$LOG" >&2
  die "$1; the whole log is $LOG"
}

step "Go $GO_MIN or newer"
PATH=$PATH:/usr/local/go/bin # where Go's own archive unpacks, often missing from a PATH
export GOTOOLCHAIN=local     # never fetch another Go behind the user's back
remedy="install Go $GO_MIN or newer from its website or your package manager and put its bin folder first on the PATH"
command -v go >/dev/null || die "Go is missing: $remedy"
go_version=$(cd "$TEMP" && go env GOVERSION)
go_version=${go_version#go}
go_version=${go_version%% *}
[[ $(printf '%s\n' "$GO_MIN" "$go_version" | sort -V | head -n 1) == "$GO_MIN" ]] ||
  die "Go $go_version at $(command -v go) is too old: $remedy"

step "compiler, pip and C++ headers"
# Ask what works instead of what is installed: a virtual environment made by uv has a python3 without pip.
find_python() {
  local candidate
  for candidate in python3 /usr/bin/python3 /usr/local/bin/python3; do
    if "$candidate" -m pip --version >/dev/null 2>&1; then printf '%s' "$candidate" && return; fi
  done
}
missing=()
command -v cc >/dev/null && command -v c++ >/dev/null || missing+=(build-essential)
has_header nlohmann/json.hpp || missing+=(nlohmann-json3-dev)
has_header stb/stb_image.h || missing+=(libstb-dev)
[[ -n $(find_python) ]] || missing+=(python3-pip)
if ((${#missing[@]})); then
  install=(apt-get install -y --no-install-recommends "${missing[@]}")
  command -v apt-get >/dev/null || die "install what Debian calls ${missing[*]} with your package manager, then repeat"
  ((EUID == 0)) || die "packages are missing, run: sudo ${install[*]}"
  say "              installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # Fresh images have no package lists, old ones stale lists; both show as a first install that fails.
  "${install[@]}" >>"$LOG" 2>&1 || { apt-get update && "${install[@]}"; } >>"$LOG" 2>&1 ||
    fail "apt-get could not install ${missing[*]}"
fi

step "header miniaudio/miniaudio.h from ${AUDIO/==/ }"
# Kept between runs: Go's build cache knows a compiled file by its flags, so the folder given to -I must not change.
readonly INCLUDE=$ROOT/include-${AUDIO#*==}
if [[ ! -f $INCLUDE/miniaudio/miniaudio.h ]]; then
  # Only this one package is forced to be a source archive: with `:all:` pip would compile its build tools (cffi) too.
  # Pip runs the archive's setup.py to read its metadata, hence a hash, which it checks before.
  printf '%s --hash=sha256:%s\n' "$AUDIO" "$AUDIO_SHA256" >"$TEMP/requirements.txt"
  "$(find_python)" -m pip download --disable-pip-version-check --no-deps --no-binary "${AUDIO%%=*}" --require-hashes \
    --dest "$TEMP" --requirement "$TEMP/requirements.txt" >>"$LOG" 2>&1 || fail "pip could not download $AUDIO"
  mkdir "$TEMP/include"
  tar -xzf "$TEMP"/miniaudio-*.tar.gz -C "$TEMP/include" --strip-components=1 --no-same-owner \
    --wildcards '*/miniaudio/miniaudio.h'
  rm -rf "$INCLUDE" && mv "$TEMP/include" "$INCLUDE"
fi

# Without these a portable x86 build writes tokens several times slower. Other architectures need none.
flags="-O3"
for feature in avx avx2 fma f16c bmi2; do
  if [[ $(uname -m) == x86_64 ]] && grep -qw "$feature" /proc/cpuinfo; then flags+=" -m$feature"; fi
done

step "compile Ollama $VERSION with Go $go_version, $flags (2 to 4 minutes on two cores)"
# A group of its own, so that an interrupt here reaches every compiler. Scratch goes to GOTMPDIR for the same reason.
set -m
CGO_ENABLED=1 GOOS='' GOARCH='' GOFLAGS=-buildvcs=false GOBIN=$TEMP GOTMPDIR=$TEMP \
  CGO_CFLAGS=$flags CGO_CXXFLAGS="$flags -I$INCLUDE" \
  go install -v -ldflags "-s -w -X=github.com/ollama/ollama/version.Version=$VERSION" \
  "github.com/ollama/ollama@v$VERSION" </dev/null >>"$LOG" 2>&1 &
GO_GROUP=$!
set +m
next=$((SECONDS + 15))
while kill -0 "$GO_GROUP" 2>/dev/null; do
  sleep 1
  if ((SECONDS >= next)); then
    printf '      %4d s  last: %s\n' "$SECONDS" "$(tail -n 1 "$LOG")" >&2
    next=$((next + 15))
  fi
done
wait "$GO_GROUP" || { GO_GROUP=; fail "go install failed"; }
GO_GROUP=

step "try it and move it into place"
[[ $(version_of "$TEMP/ollama") == "$VERSION" ]] || fail "the new binary does not report version $VERSION"
mv -f "$TEMP/ollama" "$BINARY"
finish "built $VERSION in $SECONDS s" "$BINARY"
