# Sourced by ./longshore: the running suite, seen from outside.
# shellcheck shell=bash

# runs PID WORD: whether that process runs and is what we think it is; numbers are given out again.
runs() {
    [ -n "$1" ] && [ -r "/proc/$1/cmdline" ] && tr '\0' ' ' < "/proc/$1/cmdline" 2> /dev/null | grep -qF -- "$2"
}

# The first number in a file of $run, if there is one.
pid_in() {
    local pid=
    [ -f "$1" ] && read -r pid _ < "$1"
    echo "$pid"
}

supervisor_pid() {
    local pid
    pid=$(pid_in "$run/supervisor.pid")
    runs "$pid" deploy/local/supervise && echo "$pid"
    return 0
}

suite_pid() {
    local pid
    pid=$(pid_in "$run/suite.pid")
    runs "$pid" dev.longshore.local.LocalSuite && echo "$pid"
    return 0
}

service_pid() {
    local pid
    pid=$(pid_in "$run/$1.pid")
    runs "$pid" "-Dlongshore.service=$1" && echo "$pid"
    return 0
}

postgres_pid() {
    local pid
    pid=$(pid_in "$home/postgres/data/postmaster.pid" 2> /dev/null)
    runs "$pid" "$home/postgres/data" && echo "$pid"
    return 0
}

is_open() {
    (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null
}

# Asks a service whether it is ready, with nothing but the shell.
is_ready() {
    (
        exec 3<> "/dev/tcp/127.0.0.1/$1"
        printf 'GET /q/health/ready HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
        read -r -t 5 answer <&3
        [[ $answer == HTTP/*" 200"* ]]
    ) 2> /dev/null
}

status() {
    local service port pid health all=0
    printf '%-20s %6s  %-10s %s\n' process port health pid
    show() {
        printf '%-20s %6s  %-10s %s\n' "$@"
        [ "$3" = ready ] || all=1
    }
    for service in "${services[@]}"; do
        port=$(port_of "$service")
        pid=$(service_pid "$service")
        health=down
        [ -z "$pid" ] || health=starting
        if [ -n "$pid" ] && is_ready "$port"; then health=ready; fi
        show "$service" "$port" "$health" "$pid"
    done
    if [ -n "${KAFKA_BOOTSTRAP_SERVERS:-}" ]; then
        show kafka - ready "$KAFKA_BOOTSTRAP_SERVERS"
    else
        health=down
        is_open "$kafka_port" && health=ready
        show kafka "$kafka_port" "$health" "$(suite_pid)"
    fi
    if [ -n "${LONGSHORE_POSTGRES_URL:-}" ]; then
        show postgres - ready "$LONGSHORE_POSTGRES_URL"
    else
        pid=$(postgres_pid)
        health=down
        [ -n "$pid" ] && is_open "$postgres_port" && health=ready
        show postgres "$postgres_port" "$health" "$pid"
    fi
    if is_ready "$(port_of gateway)"; then
        echo "dead letters waiting: $(gauge longshore_dead_letters_waiting)   GET /api/v1/dead-letters?state=waiting"
        echo "deliveries failed:    $(gauge longshore_deliveries_failed)   GET /api/v1/deliveries?state=failed"
    fi
    return "$all"
}

# The sum of a gauge of the gateway over its labels.
gauge() {
    (
        exec 3<> "/dev/tcp/127.0.0.1/$(port_of gateway)"
        printf 'GET /q/metrics HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
        timeout 5 awk -v name="$1" '$1 ~ "^" name "({|$)" { sum += $2 } END { print sum + 0 }' <&3
    ) 2> /dev/null || echo '?'
}

# stop PID WORD NAME SIGNAL: asks a process to stop, waits, kills it when it has not done so in a minute.
stop() {
    local waited=0
    runs "$1" "$2" || return 0
    kill "-$4" "$1" 2> /dev/null || return 0
    while runs "$1" "$2"; do
        if [ "$waited" -ge 600 ]; then
            say "$3 does not stop and is killed"
            kill -KILL "$1" 2> /dev/null || true
            return 0
        fi
        sleep 0.1
        waited=$((waited + 1))
    done
}

down() {
    local pid service found=
    pid=$(supervisor_pid)
    if [ -n "$pid" ]; then
        found=yes
        say "stopping the services, Kafka and PostgreSQL"
        stop "$pid" deploy/local/supervise "the supervisor" TERM
    fi
    # What is left when the supervisor itself had been killed.
    pid=$(suite_pid)
    [ -z "$pid" ] || { found=yes; stop "$pid" dev.longshore.local.LocalSuite "the suite" TERM; }
    for service in "${services[@]}"; do
        pid=$(service_pid "$service")
        [ -z "$pid" ] || { found=yes; stop "$pid" "-Dlongshore.service=$service" "$service" TERM; }
        rm -f "$run/$service.pid"
    done
    pid=$(postgres_pid)
    [ -z "$pid" ] || { found=yes; stop "$pid" "$home/postgres/data" PostgreSQL INT; }
    rm -f "$run/supervisor.pid" "$run/suite.pid" "$run/ports"
    if [ -n "$found" ]; then
        say "all is stopped; the data stays in $home"
    else
        say "nothing was running"
    fi
}

logs() {
    [ $# -ge 1 ] || fail "which log? One of: ${services[*]} kafka postgres suite"
    local file=$home/logs/$1.log
    [ -f "$file" ] || fail "there is no log of $1 at $file; there are: $(cd "$home/logs" 2> /dev/null && echo ./*.log)"
    case ${2:-} in
        -f) exec tail -n 100 -F "$file" ;;
        '') cat "$file" ;;
        *) fail "logs NAME [-f]" ;;
    esac
}

trace() {
    [ $# -eq 1 ] || fail "which trace? Its id stands in the logs and in the traceparent header"
    find_jdk
    [ -f "$local_jar" ] || build_if_needed
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$local_jar:$root/deploy/local/target/lib/*" \
        dev.longshore.local.trace.TraceTree "$home/traces" "$1"
}
