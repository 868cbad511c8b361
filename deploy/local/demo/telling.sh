# Sourced by demo: how it speaks, waits and fails.
# shellcheck shell=bash disable=SC2154

begun=$EPOCHREALTIME
steps=0
current_step=

# Seconds between two readings of EPOCHREALTIME, which has the locale's decimal point.
seconds_between() {
    awk -v from="${1/,/.}" -v to="${2/,/.}" 'BEGIN { printf "%.1f", to - from }'
}

heading() {
    printf '\n%s\n' "$*"
}

step() {
    steps=$((steps + 1))
    current_step="$steps. $*"
    printf '\n%s\n' "$current_step"
}

note() {
    printf '%7s s  %s\n' "$(seconds_between "$begun" "$EPOCHREALTIME")" "$*"
}

# What belongs to the line before.
more() {
    printf '           %s\n' "$@"
}

more_lines() {
    [ -z "$1" ] || sed 's/^/           /' <<< "$1"
}

# await SERVICE WHAT COMMAND…: tries the command until it succeeds; sets waited to the seconds that it took. The command
# leaves in $seen what it saw last.
seen=
waited=
await() {
    local service=$1 what=$2 from=$EPOCHREALTIME deadline=$((SECONDS + patience))
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || give_up "$service" "$what did not come in $patience s"
        sleep 0.2
    done
    # shellcheck disable=SC2034
    waited=$(seconds_between "$from" "$EPOCHREALTIME")
}

# give_up SERVICE WHY: names the step, what was seen last, and the logs.
give_up() {
    {
        printf '\nThe demo failed in step %s\n  %s\n' "$current_step" "$2"
        [ -z "$seen" ] || printf '  seen last: %.1500s\n' "$seen"
        if [ -f "$home/logs/$1.log" ]; then
            printf '  last warnings and errors in %s:\n' "$home/logs/$1.log"
            grep -hE ' (WARN|ERROR|SEVERE)' "$home/logs/$1.log" | tail -n 5 | cut -c 1-300 | sed 's/^/    /' || true
        fi
        printf '  all logs: %s  (./longshore logs SERVICE), registries: %s\n' "$home/logs" "$folder/{left,right}/registry.log"
    } >&2
    exit 1
}
