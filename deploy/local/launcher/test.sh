# Sourced by ./longshore: all tests, and how many there were.
# shellcheck shell=bash

# Adds up what the reports of surefire and failsafe say: passed, failed, skipped.
count_tests() {
    find "$root" -path '*/target/*-reports/TEST-*.xml' -not -path '*/node_modules/*' -print0 |
        xargs -0 --no-run-if-empty grep -ho '<testsuite [^>]*' | awk '
            function value(name,   text) {
                if (!match($0, " " name "=\"[0-9]+\"")) return 0
                text = substr($0, RSTART, RLENGTH)
                gsub(/[^0-9]/, "", text)
                return text
            }
            { all += value("tests"); failed += value("failures") + value("errors"); skipped += value("skipped") }
            END { printf "%d passed, %d failed, %d skipped\n", all - failed - skipped, failed, skipped }'
}

run_tests() {
    local options=() status=0 summary
    case ${1:-} in
        '') ;;
        --all) options=(-Plong) ;;
        *) fail "test [--all]" ;;
    esac
    find_jdk
    need_programs skopeo docker-registry jq curl psql
    build_tools trivy registry olareg crane regctl regsync
    # Reports of earlier runs would be counted too.
    find "$root" -path '*/target/*-reports' -type d -prune -exec rm -rf {} +
    export LONGSHORE_TRIVY_DATABASE=${LONGSHORE_TRIVY_DATABASE:-bundled}
    LONGSHORE_TRIVY_EXECUTABLE=$("$root/deploy/tools/path" trivy)
    export LONGSHORE_TRIVY_EXECUTABLE LONGSHORE_TRIVY_DATABASE_FOLDER=$root/deploy/tools/trivy-db
    say "building with all checks, and testing"
    (cd "$root" && ./mvnw --batch-mode --no-transfer-progress --fail-at-end "${options[@]}" verify) || status=$?
    say "tested"
    summary=$(count_tests)
    echo "$summary, in $SECONDS s"
    case $summary in
        "0 passed"* | *" passed, "[1-9]*" failed"*) status=1 ;;
    esac
    return "$status"
}
