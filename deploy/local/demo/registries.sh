# Sourced by demo: two real registries, each with a user and a password of its own.
# shellcheck shell=bash disable=SC2034,SC2154

declare -A registry_port registry_pid registry_password
user=demo

prepare_folder() {
    mkdir -p "$home" && chmod 700 "$home"
    # What an earlier demo pushed is pushed anew.
    rm -rf "$folder"
    (umask 077 && mkdir -p "$private" "$folder/left" "$folder/right")
}

random_word() {
    od -An -N18 -tx1 /dev/urandom | tr -d ' \n'
}

# The usual port if it is free, else one that is.
choose_port() {
    local port=$1
    while is_open "$port"; do
        port=$((20000 + RANDOM))
    done
    echo "$port"
}

start_registries() {
    webhook_secret=$(random_word)
    start_registry left "${LONGSHORE_DEMO_LEFT_PORT:-5001}" "$(command -v docker-registry)"
    start_registry right "${LONGSHORE_DEMO_RIGHT_PORT:-5002}" "$registry_program"
    write_client_settings
}

# start_registry NAME PORT PROGRAM
start_registry() {
    local name=$1 port from=$EPOCHREALTIME
    port=$(choose_port "$2")
    registry_port[$name]=$port
    registry_password[$name]=$(random_word)
    write_registry_settings "$name" "$port"
    OTEL_TRACES_EXPORTER=none setpriv --pdeathsig KILL "$3" serve "$folder/$name/config.yml" > "$folder/$name/registry.log" 2>&1 &
    registry_pid[$name]=$!
    disown
    until is_open "$port"; do
        kill -0 "${registry_pid[$name]}" 2> /dev/null || give_up registry "$name ended: $(tail -n 3 "$folder/$name/registry.log")"
        sleep 0.1
    done
    note "$name started in $(seconds_between "$from" "$EPOCHREALTIME") s at http://127.0.0.1:$port: Distribution $("$3" --version | awk '{ print $NF }')"
}

write_registry_settings() {
    (
        umask 077
        cat > "$folder/$1/config.yml" << TXT
version: 0.1
log: {level: warn, accesslog: {disabled: false}}
storage:
  filesystem: {rootdirectory: $folder/$1/data}
  delete: {enabled: true}
http: {addr: "127.0.0.1:$2", secret: $(random_word)}
auth:
  htpasswd: {realm: demo, path: $folder/$1/htpasswd}
TXT
        if [ "$1" = left ]; then
            cat >> "$folder/$1/config.yml" << TXT
notifications:
  endpoints:
    - name: longshore
      url: $door/webhooks/left
      headers: {Authorization: ["Bearer $webhook_secret"]}
      timeout: 5s
      threshold: 5
      backoff: 1s
      ignoredmediatypes: [application/octet-stream]
TXT
        fi
        # Distribution takes bcrypt only, which Debian's crypt(3) can.
        PASSWORD=${registry_password[$1]} SALT=$(random_word) USERNAME=$user perl -e \
            'print $ENV{USERNAME}, ":", crypt($ENV{PASSWORD}, "\$2b\$05\$" . substr($ENV{SALT}, 0, 21) . "."), "\n"' > "$folder/$1/htpasswd"
    )
}

# For skopeo, crane and regctl alike.
write_client_settings() {
    local name
    (
        umask 077
        mkdir -p "$private/docker"
        for name in left right; do
            printf '127.0.0.1:%s %s\n' "${registry_port[$name]}" "$(printf '%s:%s' "$user" "${registry_password[$name]}" | base64 --wrap=0)"
        done | jq --raw-input --slurp '{auths: (split("\n") | map(select(. != "") | split(" ") | {(.[0]): {auth: .[1]}}) | add)}' \
            > "$private/docker/config.json"
    )
    export DOCKER_CONFIG=$private/docker REGISTRY_AUTH_FILE=$private/docker/config.json REGCTL_CONFIG=$private/regctl.json
    for name in left right; do
        "$regctl" --verbosity error registry set --tls disabled "$(host "$name")" > /dev/null
    done
}

# As clients address it.
host() {
    echo "127.0.0.1:${registry_port[$1]}"
}

end_registries() {
    local name
    for name in "${!registry_pid[@]}"; do
        kill "${registry_pid[$name]}" 2> /dev/null || true
    done
    rm -rf "$private"
}
