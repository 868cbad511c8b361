# Sourced by demo: what is old goes. What is there is looked up by crane and skopeo, at the registry.
# shellcheck shell=bash disable=SC2034,SC2154

more_tags=12
more_kept=10

# The newest is the multi-arch index of before, signed. Each of the others is an image of its own, made of left/shop/api:1.0.
push_more_tags() {
    local number said
    for number in $(seq 1 $((more_tags - 1))); do
        said=$("$crane" mutate --insecure --label "demo.number=$number" "$(host left)/shop/api:1.0" --tag "$(host left)/shop/web:$number" 2>&1) ||
            give_up registry "crane could not push left/shop/web:$number: $said"
    done
    said=$("$crane" copy --insecure "$(host left)/shop/api:2.0" "$(host left)/shop/web:$more_tags" 2>&1) ||
        give_up registry "crane could not push left/shop/web:$more_tags: $said"
    signature=$(echo '{"signed": true}' | "$regctl" --verbosity error artifact put --artifact-type application/vnd.demo.signature \
        --file-media-type application/json --subject "$(host left)/shop/web:$more_tags" --format '{{ .Manifest.GetDescriptor.Digest }}' 2>&1) ||
        give_up registry "regctl could not push the signature: $signature"
    happens web push
    await push-service "the inventory's entries of left/shop/web" \
        ask "/api/v1/images?registry=left&repository=shop/web&limit=100" \
        "[.items[] | select(.reference | test(\":[0-9]+$\"))] | length >= $more_tags"
    note "pushed with crane: left/shop/web:1 to :$more_tags; the last is a multi-arch index with a signature"
    # What is younger than that stays, since its push may still be going on; usually there is more time.
    put_registry left "$webhook_secret" 10s
    demand PUT /api/v1/retention-policies/demo "making the retention policy" << JSON
{ "scope": {"registries": ["left"], "repositories": ["shop/web"]}, "rules": [{"tags": ["**"], "keep": {"lastPushed": $more_kept}}] }
JSON
    note "retention policy demo: the $more_kept last pushed of left/shop/web stay"
}

web_tags() {
    "$crane" ls --insecure "$(host left)/shop/web" 2> "$folder/crane.log" | grep -E '^[0-9]+$' | sort -n | xargs
}

begins_to_plan() {
    call POST /api/v1/retention-policies/demo/plans < /dev/null
    [ "$status" = 201 ]
}

plan_retention() {
    local young
    young=$(awk -v from="${happened_at[web]/,/.}" -v now="${EPOCHREALTIME/,/.}" 'BEGIN { left = 10.5 - (now - from); print (left > 0 ? left : 0) }')
    sleep "$young"
    await retention-service "the policy to be known" begins_to_plan
    plan=$(value .id)
    await retention-service "the plan $plan" ask "/api/v1/retention-plans/$plan?verdict=delete" '.state == "planned"'
    [ "$(value '[.items[].reference] | sort | join(" ")')" = "left/shop/web:1 left/shop/web:2" ] ||
        give_up retention-service "the plan does not name exactly the two oldest"
    note "planned, $(since web): of $(value '.keep + .delete') tags $(value .keep) stay and $(value .delete) would go"
    more_lines "$(value '.items[] | "\(.reference): \(.reasons | map(.text) | join("; "))"')"
    [ "$(web_tags | wc -w)" = "$more_tags" ] || give_up retention-service "something is gone, and nothing was applied"
    note "nothing is gone yet: crane lists $(web_tags)"
}

# 503 while something that was just told of the inventory is not known there yet.
begins_to_apply() {
    call POST "/api/v1/retention-plans/$plan/executions" < /dev/null
    [ "$status" = 202 ] || [ "$status" = 503 ] || give_up retention-service "applying was answered $status"
    [ "$status" = 202 ]
}

apply_retention() {
    happens web application
    await retention-service "the plan to be accepted" begins_to_apply
    await retention-service "the plan to be applied" ask "/api/v1/retention-plans/$plan?verdict=delete" '.state == "applied"'
    [ "$(web_tags)" = "$(seq 3 "$more_tags" | xargs)" ] || give_up retention-service "crane lists other tags: $(web_tags)"
    note "applied, $(since web): crane lists $(web_tags)"
    pull_from_left "shop/web:$more_tags"
    pull_from_left "shop/web@$signature"
    note "skopeo copy --all still pulls left/shop/web:$more_tags with all platforms, and its signature"
}

# pull_from_left REFERENCE
pull_from_left() {
    rm -rf "$folder/pulled"
    skopeo copy --quiet --all --src-tls-verify=false "docker://$(host left)/$1" "dir:$folder/pulled" > "$folder/pull.log" 2>&1 ||
        give_up registry "skopeo could not pull left/$1: $(cat "$folder/pull.log")"
}
