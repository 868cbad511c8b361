# Sourced by demo: its steps. Outcomes are looked up at the registries by crane and regctl, not only in our own API.
# shellcheck shell=bash disable=SC2034,SC2154

declare -A digest happened happened_at
started_at=$(date --utc +%FT%TZ)
trace=
children=
sbom_type=application/spdx+json

get_tools() {
    local tool program
    for program in skopeo docker-registry jq curl perl setpriv; do
        command -v "$program" > /dev/null || give_up tools "$program is missing (./longshore demo --install)"
    done
    for tool in crane regctl registry; do
        "$root/deploy/tools/path" "$tool" > /dev/null 2>&1 || {
            note "building $tool with Go, once"
            "$root/deploy/tools/build" "$tool" 2>&1 | sed 's/^/           /'
        }
    done
    crane=$("$root/deploy/tools/path" crane)
    regctl=$("$root/deploy/tools/path" regctl)
    registry_program=$("$root/deploy/tools/path" registry)
}

start_the_suite() {
    local from=$EPOCHREALTIME
    if [ -n "$(supervisor_pid)" ]; then
        note "the suite runs already"
    else
        note "starting the suite: ./longshore up"
    fi
    "$root/longshore" up > "$folder/up.log" 2>&1 < /dev/null || {
        cat "$folder/up.log" >&2
        give_up gateway "./longshore up failed"
    }
    grep -E '^ *[0-9]+ s ' "$folder/up.log" | sed 's/^/           /'
    note "gateway, five services, PostgreSQL and Kafka are ready after $(seconds_between "$from" "$EPOCHREALTIME") s"
    warn_of_another_database
}

# A running suite was started with a database of its owner's choice.
warn_of_another_database() {
    local chosen
    chosen=$(tr '\0' '\n' < "/proc/$(service_pid scan-service)/environ" 2> /dev/null | sed -n 's/^LONGSHORE_TRIVY_DATABASE=//p' || true)
    [ "$chosen" = bundled ] || note "this suite scans with Trivy's database '${chosen:-published}'; ./longshore down first to use the bundled one"
}

configure() {
    # Of an earlier run; without it the decisions of this one begin afresh.
    call DELETE /api/v1/exemptions/demo-log4j
    put_registry left "$webhook_secret"
    put_registry right ""
    demand PUT /api/v1/scan-policies/demo "making the scan policy" << 'JSON'
{ "scope": {"registries": ["left"], "repositories": ["shop/api"], "tags": ["**"]},
  "actions": {"critical": "block", "high": "warn", "medium": "allow", "low": "allow", "unknown": "allow"}, "gracePeriod": "0s" }
JSON
    note "scan policy demo: critical blocks, high warns"
    demand PUT /api/v1/replication-rules/demo "making the replication rule" << 'JSON'
{ "source": {"registry": "left", "repositories": ["shop/**"]}, "target": {"registry": "right", "repository": "{repository}"},
  "trigger": {"onPush": true}, "require": {"decision": "allow"}, "referrers": true }
JSON
    note "replication rule demo: left/shop/** to right on push, only what is decided allow, with its referrers"
}

# put_registry NAME SECRET [RECONCILE_EVERY]
put_registry() {
    RECONCILE=${3:-15m} URL="http://$(host "$1")" PASSWORD=${registry_password[$1]} USERNAME=$user SECRET=$2 jq --null-input \
        '{vendor: "distribution", url: env.URL, credentials: {type: "basic", username: env.USERNAME, password: env.PASSWORD},
          allowPrivateAddresses: true, reconcileEvery: env.RECONCILE} + (if env.SECRET == "" then {} else {webhook: {secret: env.SECRET}} end)' > "$private/registry"
    demand PUT "/api/v1/registries/$1" "registering $1" < "$private/registry"
    rm "$private/registry"
    note "registry $1 is registered ($status)"
}

push_the_vulnerable_image() {
    push_layout 1.0
    note "pushed with skopeo: left/shop/api:1.0 is ${digest[1.0]}"
}

push_the_fixed_image() {
    local said
    push_layout 2.0
    note "pushed with skopeo: left/shop/api:2.0 is ${digest[2.0]}, for linux/amd64 and linux/arm64"
    said=$(echo '{"spdxVersion":"SPDX-2.3","name":"api","packages":[{"name":"log4j-core","versionInfo":"2.24.3"}]}' |
        "$regctl" --verbosity error artifact put --artifact-type "$sbom_type" --file-media-type "$sbom_type" --subject "$(host left)/shop/api:2.0" \
            --format '{{ .Manifest.GetDescriptor.Digest }}' 2>&1) || give_up registry "regctl could not push the referrer: $said"
    referrer=$said
    note "pushed with regctl: its referrer $referrer, an SBOM"
}

# push_layout TAG
push_layout() {
    happens "$1" push
    skopeo copy --quiet --all --preserve-digests --dest-tls-verify=false "oci:$folder/image-$1:$1" "docker://$(host left)/shop/api:$1" \
        > "$folder/push-$1.log" 2>&1 || give_up registry "skopeo could not push left/shop/api:$1: $(cat "$folder/push-$1.log")"
}

# happens TAG WHAT: from now on times are told from this.
happens() {
    happened[$1]=$2
    happened_at[$1]=$EPOCHREALTIME
}

since() {
    echo "$(seconds_between "${happened_at[$1]}" "$EPOCHREALTIME") s after the ${happened[$1]}"
}

# show_notification TAG: the registry's own notification, and what push-service made of it.
show_notification() {
    await gateway "left's notification of shop/api:$1" was_notified_of "${digest[$1]}"
    trace=$(value .traceId)
    note "notified, $(since "$1"): delivery $(value .id), $(value .size) bytes"
    await push-service "the inventory's entry of left/shop/api:$1" \
        ask "/api/v1/images?reference=left/shop/api:$1" ".items[0].digest == \"${digest[$1]}\""
    note "known, $(since "$1"): $(value '.items[0] | "\(.reference), \(.platforms | join(" and ")), pushed by \(.pushedBy // "somebody")"')"
}

# Whether one of left's latest notifications is of a push of the digest; it is then the answer that came last.
was_notified_of() {
    local id
    ask "/api/v1/deliveries?registry=left&state=received&limit=10" '.items | length > 0' || return 1
    for id in $(value '.items[].id'); do
        ask "/api/v1/deliveries/$id" \
            ".body | fromjson | .events | any(.action == \"push\" and .target.digest == \"$1\")" && return
    done
    return 1
}

# Trivy's findings in the image, the worst first.
show_findings() {
    await scan-service "the finding CVE-2021-44228 in left/shop/api:$1" \
        ask "/api/v1/findings?reference=left/shop/api:$1" '.items | map(.vulnerability) | index("CVE-2021-44228")'
    note "scanned, $(since "$1"): $(value '.items | length') findings"
    more_lines "$(value '.items[] | "\(.vulnerability)  \(.severity)  \(.packageName) \(.installedVersion), fixed in \(.fixedVersion // "none")"')"
}

# show_decision TAG ACTION
show_decision() {
    await scan-service "the decision $2 about left/shop/api:$1" \
        ask "/api/v1/decisions?reference=left/shop/api:$1" \
        ".items | map(select(.digest == \"${digest[$1]}\" and .action == \"$2\")) | length > 0"
    note "decided, $(since "$1"): $2, by policy $(value '.items[0].policies | map("\(.name) (version \(.version))") | join(", ")')"
    more_lines "$(value '.items[0].reasons[:3][] | .text')"
}

# digest_at REGISTRY REFERENCE: as crane says; nothing if it is not there.
digest_at() {
    "$crane" digest "$(host "$1")/shop/api$2" 2> "$folder/crane.log" || true
}

is_at_right() {
    seen=$(digest_at right "$1")
    [ "$seen" = "$2" ]
}

# An absence is only worth something when a copy would have had its time.
show_not_copied() {
    sleep 2
    seen=$(digest_at right ":$1")
    [ -z "$seen" ] || give_up replication-service "right has shop/api:$1, though it is blocked"
    grep -qE 'MANIFEST_UNKNOWN|NAME_UNKNOWN' "$folder/crane.log" || give_up registry "crane could not ask right: $(cat "$folder/crane.log")"
    note "not on right: crane is told $(grep -oE 'MANIFEST_UNKNOWN|NAME_UNKNOWN' "$folder/crane.log" | head -n 1)"
}

show_copied() {
    await replication-service "the copy right/shop/api:$1" is_at_right ":$1" "${digest[$1]}"
    note "copied, $(since "$1"): crane finds right/shop/api:$1 with the digest of left's: $(digest_at left ":$1")"
    [ "$(digest_at left ":$1")" = "${digest[$1]}" ] || give_up registry "left's own digest is another"
}

show_children_copied() {
    local child
    for child in $children; do
        is_at_right "@$child" "$child" || give_up replication-service "right does not have the child $child of shop/api:$1"
        more "child    $child on both"
    done
}

show_referrer_copied() {
    await replication-service "the referrer of shop/api:2.0 on right" right_lists_referrer
    is_at_right "@$referrer" "$referrer" || give_up replication-service "right does not have the referrer $referrer"
    more "referrer $referrer on both, and regctl finds it by its subject"
}

right_lists_referrer() {
    seen=$("$regctl" --verbosity error artifact list --format '{{ range .Descriptors }}{{ println .Digest }}{{ end }}' "$(host right)/shop/api@${digest[2.0]}" 2>&1) || return 1
    grep -qxF "$referrer" <<< "$seen"
}

exempt() {
    demand GET "/api/v1/findings?reference=left/shop/api:1.0" "asking for the findings"
    jq --arg expires "$(date --utc --date='+7 days' +%FT%TZ)" \
        '{vulnerabilities: [.items[].vulnerability] | unique, images: ["left/shop/api:1.0"], reason: "lookups are switched off; 2.0 follows this week",
          owner: "shop team", expiresAt: $expires}' "$private/answer" > "$private/exemption"
    happens 1.0 exemption
    demand PUT /api/v1/exemptions/demo-log4j "making the exemption" < "$private/exemption"
    note "exempted until $(jq --raw-output .expiresAt "$private/exemption"): $(jq --raw-output '.vulnerabilities | join(", ")' "$private/exemption")"
}

# All that this run did, the oldest first.
show_audit_trail() {
    await gateway "the audit trail of this run" was_audited
    more_lines "$(value '.items | reverse[] | select(.action | startswith("session") | not)
        | "\(.occurredAt[11:23])  \(.actor)  \(.action) \(.after.action? // "")  \(.resource)"' | sed -E 's/(sha256:[0-9a-f]{12})[0-9a-f]{52}/\1…/')"
}

was_audited() {
    ask "/api/v1/audit?limit=100&from=$started_at" '[.items[].action] as $actions | .items
        | ($actions | index("image.decided")) and ($actions | map(select(. == "image.copied")) | length >= 2)
            and (map(select(.resource | contains("demo-log4j"))) | length > 0)'
}

finish() {
    cat << TXT

All of it is true, after $(seconds_between "$begun" "$EPOCHREALTIME") s. Where to look next:
  API           $door/docs, described at $door/openapi; admin, password in $home/admin-password
  one push      ./longshore trace $trace
  logs          ./longshore logs push-service     (files in $home/logs)
  metrics       http://127.0.0.1:$(port_of push-service)/q/metrics, and the same on each service's port: ./longshore status
  stop          ./longshore down                  (the suite runs on; the two registries end now)
TXT
}
