#!/usr/bin/env bash
# What a newcomer does, each case from a fresh clone of HEAD: installs, starts, stops, kills, starts again. Prints a table
# with seconds; exits with 1 when a case fails. Linux only, because it looks into /proc. As root it has more cases, and
# makes an ordinary user for the others. Names of cases as arguments run only these.
set -uo pipefail
set -m
repository=$(cd "$(dirname "$0")/.." && pwd)
exec </dev/null

first_limit=60 # seconds from `npm start` to ready, besides npm ci
later_limit=3  # seconds of every later start
tester=greenroom-tester

# ———— the cases ————

cases=(
  as_whoever_runs_this as_ordinary_user in_a_folder_only_root_may_enter in_a_folder_with_a_space twice_in_a_row
  after_kill_9_of_everything after_kill_9_of_the_hub after_a_stale_lock with_the_port_taken with_another_port
  with_ignore_scripts ctrl_c_leaves_nothing with_the_tour npm_test_as_ordinary_user
)

as_whoever_runs_this() {
  clone "$work/plain" && first_start && stop
}

as_ordinary_user() {
  clone_as_tester "$work/ordinary" && first_start && stop
}

in_a_folder_only_root_may_enter() {
  is_root || { note='only root has such folders'; return 0; }
  clone "$(mktemp -d)/greenroom" && first_start || return 1
  printed /var/lib/greenroom || fail 'the start does not say that the data are in /var/lib/greenroom' || return 1
  stop && later_start && stop
}

in_a_folder_with_a_space() {
  clone "$work/with a space" && first_start && stop
}

twice_in_a_row() {
  clone_as_tester "$work/twice" && first_start && stop && later_start && stop
}

after_kill_9_of_everything() {
  clone "$work/kill-all" && first_start || return 1
  kill_9 $(processes) $(database_processes)
  later_start && stop
}

after_kill_9_of_the_hub() {
  clone "$work/kill-hub" && first_start || return 1
  kill_9 $(processes)
  [ -n "$(database_processes)" ] || fail 'PostgreSQL did not outlive the hub, so this case shows nothing' || return 1
  later_start && stop
}

after_a_stale_lock() {
  clone "$work/stale-lock" && first_start && stop || return 1
  true & wait $!
  echo "$! 0123456789abcdef" >"$folder/data/postgres.lock"
  later_start && stop
}

with_the_port_taken() {
  clone "$work/port-taken" || return 1
  node -e "require('net').createServer().listen($port, () => console.log('taken'))" >"$work/taken" &
  local holder=$!
  until grep -q taken "$work/taken"; do sleep 0.1; done
  start
  wait "$leader"
  local code=$?
  kill_9 $holder
  [ $code != 0 ] || fail "the start ended with 0 though port $port was taken" || return 1
  grep -q "$port" "$log" && grep -qw PORT "$log" || fail "the start names neither port $port nor PORT" || return 1
  nothing_left
}

with_another_port() {
  clone "$work/other-port" || return 1
  port=$((port + 1000))
  first_start && stop
}

with_ignore_scripts() {
  clone "$work/ignore-scripts" || return 1
  environment=(npm_config_ignore_scripts=true)
  first_start && stop
}

ctrl_c_leaves_nothing() {
  clone_as_tester "$work/ctrl-c" && start && until_ready $((first_limit * 5)) || return 1
  kill -INT -- "-$leader"
  nothing_left
}

with_the_tour() {
  clone "$work/tour" || return 1
  start -- --tour --exit
  wait "$leader"
  local code=$?
  [ $code = 0 ] || fail "the tour ended with $code" || return 1
  grep -qi attendance "$log" || fail 'the tour printed no attendance' || return 1
  nothing_left
}

npm_test_as_ordinary_user() {
  clone_as_tester "$work/npm test" || return 1
  # Who one is matters to what writes files and starts programs; all the rest ran as root a moment ago, and .ci/run has 45 minutes.
  local touching
  touching=$(cd "$folder" && grep -lE 'node:child_process|mkdtemp|chmod|runProgram' test/*.test.ts)
  (run_in_clone npm test -- $touching) >"$log" 2>&1 || fail "npm test failed: $(grep '^ *✖ ' "$log" | sort -u | head -20)" || return 1
  note=$(grep -E '^(#|ℹ) (tests|pass) ' "$log" | tr -d '#ℹ\n')
}

# ———— the steps of a case ————

# Sets `folder`, where the case happens, and `log`.
clone() {
  folder=$1
  git clone --quiet "$repository" "$folder" || fail 'git clone failed'
}

clone_as_tester() {
  clone "$1" || return 1
  is_root || return 0
  runner=(setpriv "--reuid=$tester" "--regid=$tester" --init-groups env "HOME=$work/home" "USER=$tester" "LOGNAME=$tester"
    "npm_config_registry=$registry")
  chown -R "$tester:" "$folder"
}

# Becomes the command, so that the number of the subshell it is called in is the number of the command.
run_in_clone() {
  cd "$folder" && exec env "PORT=$port" ${environment[@]+"${environment[@]}"} ${runner[@]+"${runner[@]}"} "$@"
}

# Starts in a process group of its own, as a terminal does; sets `leader`.
start() {
  : >"$log"
  run_in_clone npm start "$@" >"$log" 2>&1 &
  leader=$!
}

first_start() {
  local began installing
  began=$(now)
  start && until_ready $((first_limit * 5)) || return 1
  installing=$(sed -n 's/.*Installing the locked packages … \([0-9.]*\) s.*/\1/p' "$log")
  first=$(calculate "$(now) - $began - ${installing:-0}")
  npm_ci=${installing:--}
  calculate "if ($first > $first_limit) halt 1" >/dev/null || fail "the first start took $first s besides npm ci, the limit is $first_limit"
}

later_start() {
  local began
  began=$(now)
  start && until_ready 30 || return 1
  later=$(calculate "$(now) - $began")
  printed 'ready in' || fail 'it does not say how soon it was ready' || return 1
  ready=$(sed -n 's/.*ready in \([0-9.]*\) \?s.*/\1/pI' "$log" | tail -1)
  local judged=${ready:-$later}
  calculate "if ($judged > $later_limit) halt 1" >/dev/null || fail "a later start took $judged s, the limit is $later_limit"
}

# Polls /readyz for so many seconds, while the start is alive.
until_ready() {
  node -e "
    const [port, leader, seconds] = process.argv.slice(1).map(Number)
    const end = Date.now() + seconds * 1000
    const alive = () => { try { return process.kill(leader, 0) } catch (error) { return error.code === 'EPERM' } }
    const poll = async () => {
      const answer = await fetch('http://127.0.0.1:' + port + '/readyz').catch(() => undefined)
      if (answer?.ok) process.exit(0)
      if (Date.now() > end || !alive()) process.exit(1)
      setTimeout(poll, 25)
    }
    poll()" "$port" "$leader" "$1" || fail 'it did not become ready'
}

# Waits up to five seconds for a word in what the start prints.
printed() {
  local tries
  for tries in $(seq 50); do
    grep -q "$1" "$log" && return 0
    sleep 0.1
  done
  return 1
}

# Ends it as an operator would, and sees that it has ended.
stop() {
  kill -TERM "$leader"
  nothing_left
}

# Within fifteen seconds no process works in the clone or its database and nobody listens on its ports.
nothing_left() {
  local tries
  for tries in $(seq 75); do
    [ -z "$(processes)$(database_processes)" ] && ! listening "$port" && ! listening $((port + 1)) && return 0
    sleep 0.2
  done
  fail "something is left: $(ps -o pid=,args= -p "$(echo $(processes) $(database_processes) | tr ' ' ,)" 2>/dev/null || echo $(processes) $(database_processes))"
}

# ———— small tools ————

is_root() { [ "$(id -u)" = 0 ]; }
now() { date +%s.%N; }
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# All but PostgreSQL's, which work in the data folder.
processes() { working_in "$folder" "$folder/data"; }
database_processes() { [ ! -e "$folder/data/postgres" ] || working_in "$(readlink -f "$folder/data/postgres")"; }

# Arithmetic with fractions; `if (…) halt 1` ends it with 1.
calculate() {
  awk "BEGIN { $(case $1 in if*) echo "${1/halt 1/exit 1}" ;; *) echo "printf \"%.1f\", $1" ;; esac) }"
}

# Numbers of the processes that work in the first folder or below it, but not below the second.
working_in() {
  local each cwd
  for each in /proc/[0-9]*; do
    cwd=$(readlink "$each/cwd" 2>/dev/null) || continue
    case $cwd in
      "${2:-/none}"/*) ;;
      "$1" | "$1"/*) echo "${each#/proc/}" ;;
    esac
  done
}

kill_9() {
  kill -KILL "$@" 2>/dev/null
  local each
  for each in "$@"; do while is_running "$each"; do sleep 0.05; done; done
}

# A zombie does not run any more.
is_running() { [ -e "/proc/$1" ] && ! grep -q '^State:.*Z' "/proc/$1/status" 2>/dev/null; }

fail() {
  note=$1
  return 1
}

# ———— the run ————

run_case() {
  local name=$1 began=$SECONDS result
  folder=$work/none log=$work/$name.log
  port=$base runner=() environment=() leader='' first=- later=- ready= npm_ci=- note=
  printf '%s …\n' "${name//_/ }"
  : >"$log"
  if "$name"; then result=ok; else
    result=FAILED failed=1
    printf '  %s; the end of what it printed:\n' "$note"
    tail -25 "$log" | sed 's/^/  | /'
  fi
  rows+=("$(printf '%-34s %6d %7s %7s %7s  %s' "${name//_/ }" $((SECONDS - began)) "$npm_ci" "$first" "$later" "$result${note:+: $note}")")
  remove_clone
}

remove_clone() {
  local moved
  kill_9 $(processes) $(database_processes)
  moved=$(readlink "$folder/data/postgres" 2>/dev/null) && case $moved in
    /var/lib/greenroom/*) rm -rf "$(dirname "$moved")" ;;
  esac
  case $folder in "$work"/*) rm -rf "$folder" ;; /tmp/*/greenroom) rm -rf "$(dirname "$folder")" ;; esac
}

clean_up() {
  remove_clone
  cd / && rm -rf "$work"
  is_root || return 0
  [ -n "$had_binaries" ] || rm -rf /var/lib/greenroom/linux-*
  rmdir /var/lib/greenroom 2>/dev/null
  [ -n "$had_tester" ] || userdel "$tester" 2>/dev/null
  [ -n "$had_user" ] || userdel greenroom 2>/dev/null
}

work=$(mktemp -d)
folder=$work/none
chmod 755 "$work"
registry=$(npm config get registry)
had_binaries=$(compgen -G '/var/lib/greenroom/linux-*')
had_tester=$(id -u "$tester" 2>/dev/null)
had_user=$(id -u greenroom 2>/dev/null)
trap clean_up EXIT
trap 'exit 130' INT TERM
if is_root; then
  [ -n "$had_tester" ] || useradd --no-create-home --home-dir "$work/home" --shell /bin/bash "$tester" || exit 1
  mkdir "$work/home" && chown "$tester:" "$work/home"
fi
base=$((20000 + RANDOM % 10000))
while listening $base || listening $((base + 1)); do base=$((base + 2)); done

rows=() failed=0
for each in "${@:-${cases[@]}}"; do run_case "$each"; done
printf '\n%-34s %6s %7s %7s %7s  %s\n' case total 'npm ci' first later result
printf '%s\n' "${rows[@]}"
exit $failed
