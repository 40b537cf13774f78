#!/usr/bin/env bash
# What a vendored crate costs its users: the CPU seconds of a cold `cargo check` and a
# cold `cargo build`, dependencies included, beside those of other Rust bindings.
#
#   codegen/benches/cost.sh WHOLE [NAME...]
#
# WHOLE is a crate with the bindings of a whole protocol, such as the test
# `the_whole_protocol_compiles_without_a_warning` leaves in target/whole; `-` for none.
# NAME picks rows by a part of their names. Each row
# is a crate with one dependency, which is downloaded beforehand and built in a folder
# of its own, new for each measurement. The table goes to standard output. CPU seconds
# are less sensitive to a busy machine than time is, and yet: let it rest.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/target/cost
whole=${1:?"expected the folder of a crate, or -"}
shift
[ "$whole" = - ] || whole=$(cd "$whole" && pwd)

# Name, dependency. Versions are pinned, so that the table says what was measured.
rows() {
  cat <<ROWS
this crate, HeapProfiler|cdp-heapprofiler = { path = "$root/generated" }
this generator, whole protocol|cdp-heapprofiler = { path = "$whole" }
chromiumoxide_cdp 0.9.1|chromiumoxide_cdp = "=0.9.1"
cdp-protocol 0.3.2|cdp-protocol = "=0.3.2"
cdpkit 0.7.2|cdpkit = "=0.7.2"
rustenium-cdp-definitions 0.1.2|rustenium-cdp-definitions = "=0.1.2"
browser-protocol 0.1.6|browser-protocol = "=0.1.6"
js-protocol 0.1.6, heapprofiler and runtime|js-protocol = { version = "=0.1.6", default-features = false, features = ["heapprofiler", "runtime"] }
one struct that derives serde|serde = { version = "=1.0.228", features = ["derive"] }
ROWS
}

# A crate that uses the dependency of a row.
prepare() {
  local folder=$1 dependency=$2
  rm -rf "$folder"
  mkdir -p "$folder/src"
  printf '[package]\nname = "cost"\nedition = "2021"\n\n[dependencies]\n%s\n\n[workspace]\n' \
    "$dependency" >"$folder/Cargo.toml"
  if [[ $dependency == serde* ]]; then
    printf '%s\n' '#[derive(serde::Deserialize, serde::Serialize)]' \
      'pub struct One { pub member: String }' >"$folder/src/lib.rs"
  else
    local name=${dependency%% *}
    printf 'pub use %s as bindings;\n' "${name//-/_}" >"$folder/src/lib.rs"
  fi
  (cd "$folder" && cargo fetch --quiet)
}

# The CPU seconds of a command and its children.
cpu_seconds() {
  local TIMEFORMAT='%U %S'
  { time "$@" >"$work/output" 2>&1; } 2>"$work/times" || {
    cat "$work/output" >&2
    return 1
  }
  awk '{ printf "%.1f", $1 + $2 }' "$work/times"
}

measure() {
  local folder=$1 command=$2
  rm -rf "$folder/target"
  cd "$folder"
  cpu_seconds cargo "$command" --offline --quiet
}

unset CARGO_TARGET_DIR RUSTFLAGS
export CARGO_INCREMENTAL=0
mkdir -p "$work"
names=() folders=()
while IFS='|' read -r name dependency; do
  [[ $dependency == *'path = "-"'* ]] && continue
  if [ $# -gt 0 ]; then
    picked=
    for word in "$@"; do [[ $name == *"$word"* ]] && picked=1; done
    [ -n "$picked" ] || continue
  fi
  folder=$work/${#names[@]}
  prepare "$folder" "$dependency" >&2
  names+=("$name") folders+=("$folder")
done < <(rows)

printf '%s, load %s\n\n' "$(rustc --version)" "$(cut -d' ' -f1-3 /proc/loadavg)"
printf '| CPU seconds, cold | `cargo check` | `cargo build` |\n|---|---:|---:|\n'
for index in "${!names[@]}"; do
  check=$(measure "${folders[$index]}" check)
  build=$(measure "${folders[$index]}" build)
  printf '| %s | %s | %s |\n' "${names[$index]}" "$check" "$build"
  rm -rf "${folders[$index]}/target"
done
