# Sourced by ./longshore: where things lie and listen, and how the launcher speaks.
# shellcheck shell=bash disable=SC2034

home=${LONGSHORE_HOME:-${XDG_DATA_HOME:-$HOME/.local/share}/longshore}
case $home in /*) ;; *) home=$PWD/$home ;; esac
cache_folder=${LONGSHORE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/longshore}
run=$home/run
start_timeout=${LONGSHORE_START_TIMEOUT:-180}

# In the order in which they are shown; the gateway is the door.
services=(gateway config-service push-service scan-service replication-service retention-service)
declare -A usual_port=([gateway]=8000 [config-service]=8001 [push-service]=8002 [scan-service]=8003
    [replication-service]=8004 [retention-service]=8005)

# The suite's own JVM, in which the broker lives: as it is started, so its AOT cache is made.
suite_options=(-Xms48m -Xmx384m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=4)

port_variable() {
    local name=${1%-service}
    echo "LONGSHORE_${name^^}_PORT"
}

# The ports with which the running suite was started count, not those of the shell that asks about it.
if [ -f "$run/ports" ] && [ -f "$run/supervisor.pid" ]; then
    while IFS='=' read -r variable value; do
        [[ $variable == LONGSHORE_*_PORT && $value =~ ^[0-9]+$ ]] && export "$variable=$value"
    done < "$run/ports"
fi

port_of() {
    local variable
    variable=$(port_variable "$1")
    echo "${!variable:-${usual_port[$1]}}"
}
postgres_port=${LONGSHORE_POSTGRES_PORT:-15432}
kafka_port=${LONGSHORE_KAFKA_PORT:-19092}
kafka_controller_port=${LONGSHORE_KAFKA_CONTROLLER_PORT:-19093}

remember_ports() {
    local service
    for service in "${services[@]}"; do
        echo "$(port_variable "$service")=$(port_of "$service")"
    done > "$run/ports"
    cat >> "$run/ports" << TXT
LONGSHORE_POSTGRES_PORT=$postgres_port
LONGSHORE_KAFKA_PORT=$kafka_port
LONGSHORE_KAFKA_CONTROLLER_PORT=$kafka_controller_port
TXT
}

say() {
    printf '%4d s  %s\n' "$SECONDS" "$*"
}

fail() {
    echo "longshore: $*" >&2
    exit 1
}
