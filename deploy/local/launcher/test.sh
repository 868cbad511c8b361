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

# Says of each test that failed its name and the first line of why; what it printed stays in its report.
name_failures() {
    find "$root" -path '*/target/*-reports/TEST-*.xml' -not -path '*/node_modules/*' -print0 |
        xargs -0 --no-run-if-empty awk '
            function value(name,   text) {
                if (!match($0, " " name "=\"[^\"]*\"?")) return ""
                text = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
                sub(/"$/, "", text)
                gsub(/&#10;.*/, "", text)
                gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&amp;/, "\\&", text)
                return substr(text, 1, 300)
            }
            /^ *<testcase / { test = value("classname") "." value("name") }
            /^ *<(failure|error)[ >]/ { printf "failed: %s: %s\n", test, value("message") }'
}

# Some tests run twice, the second time with their servers in containers (docs/testing.md): a Docker engine is found or
# started for them. A machine that cannot have one is told so; in CI ($CI) that is a failure.
prepare_containers() {
    local log=$root/deploy/images/target/build-servers.log
    mkdir -p "$(dirname "$log")"
    if ! DOCKER_HOST=$("$root/deploy/images/engine" start) 2> "$log"; then
        [ -z "${CI:-}" ] || fail "tests in containers cannot run: $(cat "$log")"
        say "skipped: tests in containers ($(tail -1 "$log"))"
        return 1
    fi
    say "making the image for tests in containers"
    (cd "$root" && ./mvnw --batch-mode --no-transfer-progress -Dquick -DskipTests -pl libs/testkit,deploy/local package) > "$log" 2>&1 &&
        "$root/deploy/images/build" servers >> "$log" 2>&1 || {
        [ -z "${CI:-}" ] || fail "the image for tests in containers could not be made: $(tail -5 "$log")"
        say "skipped: tests in containers (their image could not be made: $log)"
        return 1
    }
    # Servers share the machine's network; containers end with the tests' JVMs, without a container that watches them.
    export DOCKER_HOST TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CHECKS_DISABLE=true
    say "tests in containers run on $(docker version --format 'Docker {{.Server.Version}}')"
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
    if prepare_containers; then
        options+=(-Pcontainers)
        # A service and the whole suite on servers in containers: longer, hence with --all.
        [ "${1:-}" != --all ] || options+=(-Pcontainers-suite)
    fi
    say "building with all checks, and testing"
    # A module whose tests fail is packaged all the same: else the tests of the whole suite would fail for want of it.
    (cd "$root" && ./mvnw --batch-mode --no-transfer-progress --fail-at-end -Dmaven.test.failure.ignore=true "${options[@]}" verify) ||
        status=$?
    say "tested"
    [ -z "${DOCKER_HOST:-}" ] || docker ps --all --quiet --filter label=org.testcontainers=true | xargs --no-run-if-empty docker rm --force > /dev/null || true
    name_failures
    summary=$(count_tests)
    echo "$summary, in $SECONDS s"
    case $summary in
        "0 passed"* | *" passed, "[1-9]*" failed"*) status=1 ;;
    esac
    return "$status"
}
