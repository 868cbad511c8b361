# Sourced by build and path: which tools there are, in which module each is pinned, and where a built one lies.
# shellcheck shell=bash

tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${LONGSHORE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/longshore}
known_tools=(trivy registry olareg crane regctl regsync schemathesis)

# describe TOOL: sets folder (its Go module, or Python requirements), package, module (whose version counts), version, binary.
describe() {
    case $1 in
        trivy) folder=trivy module=github.com/aquasecurity/trivy package=$module/cmd/trivy ;;
        registry) folder=registry module=github.com/distribution/distribution/v3 package=$module/cmd/registry ;;
        olareg) folder=olareg module=github.com/olareg/olareg package=$module/cmd/olareg ;;
        crane) folder=crane module=github.com/google/go-containerregistry package=$module/cmd/crane ;;
        regctl | regsync) folder=regclient module=github.com/regclient/regclient package=$module/cmd/$1 ;;
        schemathesis)
            folder=schemathesis module=schemathesis package=''
            version=$(sed -n 's/^schemathesis==//p' "$tools/schemathesis/requirements.txt")
            binary=$cache/schemathesis-$version/bin/schemathesis
            export folder package module version binary
            return
            ;;
        *)
            echo "No tool is called $1; there are: ${known_tools[*]}" >&2
            return 1
            ;;
    esac
    version=$(awk -v module="$module" '$1 == "require" { sub(/^require[ \t]+/, "") } $1 == module && $2 ~ /^v/ { print substr($2, 2); exit }' \
        "$tools/$folder/go.mod")
    binary=$cache/$1-$version/$1
    export folder package module version binary
}
