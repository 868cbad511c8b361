# Sourced by demo: images made on the spot, as OCI layouts. Each run's are new, so that a second run shows the same as the first.
# shellcheck shell=bash disable=SC2034,SC2154

oci=application/vnd.oci.image

# The real jar, by the project's own Maven; kept in the per-user cache.
get_jar() {
    local version=$1 jars=$cache_folder/jars
    jar=$jars/log4j-core-$version.jar
    [ -f "$jar" ] && return
    mkdir -p "$jars"
    note "getting log4j-core $version with Maven"
    (cd "$root" && ./mvnw --batch-mode --quiet --non-recursive -Dquick dependency:copy \
        "-Dartifact=org.apache.logging.log4j:log4j-core:$version" "-DoutputDirectory=$jars" > "$folder/maven.log" 2>&1) && [ -f "$jar" ] ||
        give_up maven "Maven did not get log4j-core $version: $(tail -n 5 "$folder/maven.log")"
}

# add_blob LAYOUT FILE TYPE: moves the file into the layout and prints its descriptor.
add_blob() {
    local digest size
    digest=$(sha256sum < "$2" | cut -d ' ' -f 1)
    size=$(stat --format=%s "$2")
    mv "$2" "$1/blobs/sha256/$digest"
    printf '{"mediaType":"%s","digest":"sha256:%s","size":%d}' "$3" "$digest" "$size"
}

# add_image LAYOUT ARCHITECTURE JAR: an image of one layer, in which the jar lies; prints its descriptor.
add_image() {
    local layout=$1 architecture=$2 work=$folder/work diff_id layer config now
    now=$(date --utc +%FT%TZ)
    rm -rf "$work" && mkdir -p "$work/app/lib"
    cp "$3" "$work/app/lib/"
    echo "built at $now, run $$, for $architecture" > "$work/app/build"
    tar --sort=name --owner=0 --group=0 --numeric-owner -C "$work" -cf "$work/layer.tar" app
    diff_id=$(sha256sum < "$work/layer.tar" | cut -d ' ' -f 1)
    gzip --no-name "$work/layer.tar"
    layer=$(add_blob "$layout" "$work/layer.tar.gz" "$oci.layer.v1.tar+gzip")
    jq --null-input --compact-output --arg architecture "$architecture" --arg created "$now" --arg layer "sha256:$diff_id" \
        '{created: $created, $architecture, os: "linux", config: {Entrypoint: ["/app/run"], Labels: {"org.opencontainers.image.title": "api"}},
          rootfs: {type: "layers", diff_ids: [$layer]}}' > "$work/config"
    config=$(add_blob "$layout" "$work/config" "$oci.config.v1+json")
    printf '{"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}' "$oci.manifest.v1+json" "$config" "$layer" > "$work/manifest"
    add_blob "$layout" "$work/manifest" "$oci.manifest.v1+json"
}

# begin_layout LAYOUT, end_layout LAYOUT TAG DESCRIPTOR
begin_layout() {
    mkdir -p "$1/blobs/sha256"
    echo '{"imageLayoutVersion":"1.0.0"}' > "$1/oci-layout"
}

end_layout() {
    jq --null-input --compact-output --arg tag "$2" --argjson descriptor "$3" \
        '{schemaVersion: 2, manifests: [$descriptor + {annotations: {"org.opencontainers.image.ref.name": $tag}}]}' > "$1/index.json"
}

make_the_vulnerable_image() {
    local layout=$folder/image-1.0 descriptor
    get_jar 2.14.1
    begin_layout "$layout"
    descriptor=$(add_image "$layout" amd64 "$jar")
    end_layout "$layout" 1.0 "$descriptor"
    digest[1.0]=$(jq --raw-output .digest <<< "$descriptor")
}

make_the_fixed_image() {
    local layout=$folder/image-2.0 amd64 arm64
    get_jar 2.24.3
    begin_layout "$layout"
    amd64=$(add_image "$layout" amd64 "$jar")
    arm64=$(add_image "$layout" arm64 "$jar")
    jq --null-input --compact-output --argjson amd64 "$amd64" --argjson arm64 "$arm64" --arg type "$oci.index.v1+json" \
        '{schemaVersion: 2, mediaType: $type, manifests: [
            $amd64 + {platform: {architecture: "amd64", os: "linux"}},
            $arm64 + {platform: {architecture: "arm64", os: "linux"}}]}' > "$folder/work/index"
    children=$(jq --raw-output '.manifests[].digest' "$folder/work/index")
    descriptor=$(add_blob "$layout" "$folder/work/index" "$oci.index.v1+json")
    end_layout "$layout" 2.0 "$descriptor"
    digest[2.0]=$(jq --raw-output .digest <<< "$descriptor")
}
