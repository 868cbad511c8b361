# Sourced by ./longshore: starting everything, and the demo on top of it.
# shellcheck shell=bash

begun_here=

# After Ctrl-C nothing stays half-started; what had been running before this command is left alone.
abandon() {
    trap - INT TERM
    echo
    if [ -n "$begun_here" ]; then
        say "interrupted"
        down
    fi
    exit 130
}

up() {
    mkdir -p "$run" "$home/logs"
    chmod 700 "$home"
    find_jdk
    # Two at once would build and start the same things.
    exec 8> "$run/launcher.lock"
    flock --nonblock 8 || { say "waiting for another ./longshore up"; flock 8; }
    trap abandon INT TERM
    if [ -n "$(supervisor_pid)" ]; then
        say "running already"
        [ -z "$(reason_to_build)" ] || say "but $(reason_to_build): ./longshore down && ./longshore up takes it up"
    else
        build_if_needed
        build_tools trivy
        make_aot_caches
        start_suite
    fi
    wait_until_ready
    trap - INT TERM
    exec 8>&-
    where_to_look
}

start_suite() {
    say "starting PostgreSQL, Kafka and the services; data: $home"
    rm -f "$run/failed"
    remember_ports
    LONGSHORE_TRIVY_EXECUTABLE=$("$root/deploy/tools/path" trivy)
    export LONGSHORE_TRIVY_EXECUTABLE LONGSHORE_TRIVY_DATABASE=${LONGSHORE_TRIVY_DATABASE:-published}
    if [ "$LONGSHORE_TRIVY_DATABASE" = bundled ]; then
        export LONGSHORE_TRIVY_DATABASE_FOLDER=$root/deploy/tools/trivy-db
    fi
    begun_here=yes
    LONGSHORE_HOME=$home setsid nohup "$root/deploy/local/supervise" < /dev/null > "$home/logs/supervisor.out" 2>&1 8>&- &
    local waited=0
    until [ -n "$(supervisor_pid)" ]; do
        waited=$((waited + 1))
        [ "$waited" -lt 50 ] || fail "the supervisor did not start: $(cat "$home/logs/supervisor.out")"
        sleep 0.1
    done
}

# Only what is built can become ready.
built_services() {
    local service
    for service in "${services[@]}"; do
        [ ! -f "$root/$service/target/quarkus-app/quarkus-run.jar" ] || echo "$service"
    done
}

wait_until_ready() {
    local waiting=() still=() service deadline=$((SECONDS + start_timeout)) begun=$SECONDS
    mapfile -t waiting < <(built_services)
    for service in "${services[@]}"; do
        [[ " ${waiting[*]} " == *" $service "* ]] || say "$service is not built and is left out"
    done
    while [ ${#waiting[@]} -gt 0 ]; do
        still=()
        for service in "${waiting[@]}"; do
            if is_ready "$(port_of "$service")" && [ -n "$(service_pid "$service")" ]; then
                say "$service is ready, $((SECONDS - begun)) s after the start"
            else
                still+=("$service")
            fi
        done
        waiting=("${still[@]}")
        [ ${#waiting[@]} -gt 0 ] || break
        if [ -f "$run/failed" ] || [ -z "$(supervisor_pid)" ]; then
            give_up "$(cat "$run/failed" 2> /dev/null || tail -3 "$home/logs/suite.out")"
        fi
        [ "$SECONDS" -lt "$deadline" ] || give_up "not ready after $start_timeout s: ${waiting[*]}; see ./longshore logs ${waiting[0]}"
        sleep 0.3
    done
}

# What this command began is stopped again; a suite that ran before is not ours to stop.
give_up() {
    [ -z "$begun_here" ] || down
    fail "$1"
}

where_to_look() {
    local door
    door=http://127.0.0.1:$(port_of gateway)
    cat << TXT

Longshore is up.
  API           $door/api/v1     described at $door/openapi, to be tried at $door/docs
  administrator admin, password in $home/admin-password
  logs          ./longshore logs SERVICE -f    (files in $home/logs)
  metrics       http://127.0.0.1:$(port_of push-service)/q/metrics and the same on each service's port (./longshore status)
  stop          ./longshore down
TXT
}

demo() {
    local script=$root/deploy/local/demo/demo
    [ -x "$script" ] || fail "there is no demo yet ($script)"
    need_programs skopeo docker-registry jq curl
    export LONGSHORE_TRIVY_DATABASE=${LONGSHORE_TRIVY_DATABASE:-bundled}
    export LONGSHORE_HOME=$home
    find_jdk
    exec "$script"
}
