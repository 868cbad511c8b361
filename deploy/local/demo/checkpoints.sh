# Sourced by demo: a container's checkpoint becomes an image, by SNAP's calls.
# shellcheck shell=bash disable=SC2034,SC2154

checkpoint_archive=$root/push-service/src/test/resources/checkpoints/podman-none.tar
checkpoint_pod=demo-pod
watcher_pid=

# As SNAP leaves it: the archive, and a document beside it that says whose it is.
place_the_checkpoint() {
    local place=$home/checkpoints/$checkpoint_pod
    mkdir -p "$place"
    cp "$checkpoint_archive" "$place/counter.tar"
    jq --null-input --arg registry "http://$(host left)" '{
        image_info: {registry: $registry, repository: "snap", original_image_digest: "2ee6da502910"},
        pod_info: {cluster: "Demo", namespace: "default", app: "counter", pod_template_hash: "5d4f8c7b9"}}' > "$place/counter.json"
    note "a podman checkpoint of a counter, $(stat --format %s "$place/counter.tar") bytes, and its document lie in $place"
}

# Reads /ws/progress in the background; goes on once the connection stands.
watch_progress() {
    : > "$folder/progress.log"
    "$("$root/deploy/tools/find-jdk")/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$root/deploy/local/demo/WatchProgress.java" \
        "ws${door#http}/ws/progress" "$private/authorization" > "$folder/progress.log" 2>&1 &
    watcher_pid=$!
    disown
    await gateway "the WebSocket /ws/progress" grep -q '^watching$' "$folder/progress.log"
}

push_by_snap() {
    local from=$EPOCHREALTIME
    jq --null-input --arg pod "$checkpoint_pod" \
        '{checkpoint_name: "counter", username: "admin", pod_name: $pod, checkpoint_config_name: "left"}' > "$private/snap"
    demand POST /registry/create_and_push_checkpoint_container "pushing the checkpoint" < "$private/snap"
    checkpoint_image=$(value .image_tag)
    note "pushed by SNAP's call in $(seconds_between "$from" "$EPOCHREALTIME") s: $checkpoint_image"
}

show_progress() {
    await gateway "the end of the push on /ws/progress" grep -q '^100' "$folder/progress.log"
    kill "$watcher_pid" 2> /dev/null || true
    more "/ws/progress told: $(grep -oE '^[0-9.]+' "$folder/progress.log" | paste -sd ' ')"
}

# By somebody else's client: the annotations, and that the layer is the file.
show_annotations() {
    local manifest layer file
    manifest=$(skopeo inspect --raw --tls-verify=false "docker://${checkpoint_image#*://}") || give_up registry "skopeo finds no $checkpoint_image"
    layer=$(jq --raw-output '.layers[0].digest' <<< "$manifest")
    file=sha256:$(sha256sum "$checkpoint_archive" | cut -d ' ' -f 1)
    [ "$layer" = "$file" ] || give_up push-service "the layer is $layer, and the archive $file"
    note "skopeo inspect --raw: its one layer is the archive, $layer"
    more_lines "$(jq --raw-output '.annotations | to_entries[] | select(.key | test("checkpoint.(name|container.name|runtime.name|engine.name)$")) | "\(.key)  \(.value)"' <<< "$manifest")"
    jq --exit-status '.annotations | has("io.kubernetes.cri-o.annotations.checkpoint.name") and has("org.criu.checkpoint.container.name")
        and has("io.podman.annotations.checkpoint.runtime.name")' <<< "$manifest" > /dev/null || give_up push-service "an engine's annotation is missing"
}

# What travels with a checkpoint, and that the inventory knows the image.
show_leaks() {
    demand GET "/api/v1/checkpoints?limit=1" "asking for the checkpoint"
    note "it leaks: $(value '.items[0].checkpoint.leaks | map(.kind + (if .names == [] then "" else " (\(.names | join(", ")))" end)) | join(", ")')"
    await push-service "the inventory's entry of the checkpoint" \
        ask "/api/v1/images?reference=$(value '.items[0].reference')" '.items | length == 1'
}

end_watching() {
    [ -z "$watcher_pid" ] || kill "$watcher_pid" 2> /dev/null || true
}
