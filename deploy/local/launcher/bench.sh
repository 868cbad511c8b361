# Sourced by ./longshore: the benchmarks, beside what else does the same.
# shellcheck shell=bash disable=SC2154

bench_target=$root/benchmarks/target

# What each benchmark compares with; the programs of Debian and those built by Go.
declare -A bench_programs=([start]='' [copy]='skopeo docker-registry' [copy-memory]=docker-registry [decision]=docker-registry
    [checkpoint]='buildah docker-registry' [audit]='' [gateway]='')
declare -A bench_tools=([start]='' [copy]='crane regctl regsync' [copy-memory]='' [decision]='' [checkpoint]='' [audit]='' [gateway]='')

# bench NAME [--runs N] [--json]: the report alone goes to the standard output.
bench() {
    local name=${1:-}
    [ -n "$name" ] && [ -n "${bench_programs[$name]+there}" ] ||
        fail "bench NAME [--runs N] [--json], NAME one of: $(printf '%s\n' "${!bench_programs[@]}" | sort | paste --serial --delimiters ' ')"
    package_of[buildah]=buildah
    find_jdk
    mkdir -p "$home/logs"
    {
        # shellcheck disable=SC2086
        need_programs ${bench_programs[$name]}
        build_if_needed
        # shellcheck disable=SC2086
        build_tools trivy ${bench_tools[$name]}
        make_aot_caches
    } >&2
    # The suite that is measured has a home and ports of its own: whatever this shell says of the usual ones is not for it.
    exec env --unset=LONGSHORE_HOME --unset=KAFKA_BOOTSTRAP_SERVERS --unset=LONGSHORE_POSTGRES_URL "$JAVA_HOME/bin/java" "-Dlongshore.root=$root" \
        -cp "$bench_target/benchmarks-0.1.0-SNAPSHOT.jar:$bench_target/lib/*" dev.longshore.benchmarks.Bench "$@"
}
