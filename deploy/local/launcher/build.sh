# Sourced by ./longshore: what must be there before anything runs.
# shellcheck shell=bash

# Programs that demo and test use, each with its Debian package.
declare -A package_of=([skopeo]=skopeo [docker-registry]=docker-registry [jq]=jq [curl]=curl [psql]=postgresql-client)

names_of_needed() {
    local names
    names=$(printf '%s, ' "${!package_of[@]}")
    echo "${names%, }"
}

# The programs named must be there; the missing ones are named with the command that installs them, or installed if asked to.
need_programs() {
    local program missing=() packages=() as_root=()
    for program in "$@"; do
        command -v "$program" > /dev/null || { missing+=("$program"); packages+=("${package_of[$program]}"); }
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ -z "${install:-}" ]; then
        fail "missing: ${missing[*]}. Debian: apt-get install ${packages[*]}   (or run this again with --install)"
    fi
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    say "installing ${packages[*]}"
    "${as_root[@]}" apt-get install --yes --quiet --no-install-recommends "${packages[@]}" ||
        fail "apt-get could not install ${packages[*]} (apt-get update first?)"
}

find_jdk() {
    JAVA_HOME=$("$root/deploy/tools/find-jdk")
    export JAVA_HOME
}

local_jar=$root/deploy/local/target/local-0.1.0-SNAPSHOT.jar
built=$root/deploy/local/target/built

# Says why the project must be built; nothing if it need not.
reason_to_build() {
    local service newer
    # The end-to-end tests run while Maven is still at it.
    [ "${LONGSHORE_BUILD:-}" != never ] || return 0
    [ -f "$local_jar" ] && [ -d "$root/deploy/local/target/lib" ] || { echo "not built yet"; return; }
    for service in "${services[@]}"; do
        [ -f "$root/$service/target/quarkus-app/quarkus-run.jar" ] || { echo "$service is not built yet"; return; }
    done
    [ -f "$built" ] || { echo "not built as a whole yet"; return; }
    newer=$(cd "$root" && find pom.xml ./*/pom.xml libs/*/pom.xml deploy/local/pom.xml ./*/src/main libs/*/src/main deploy/local/src/main \
        -newer "$built" -type f -print -quit 2> /dev/null)
    [ -z "$newer" ] || echo "$newer is newer than what was built"
}

build_if_needed() {
    local reason started=$SECONDS log=$home/logs/build.log
    reason=$(reason_to_build)
    [ -n "$reason" ] || { say "built already"; return; }
    say "building ($reason); log: $log"
    mkdir -p "$(dirname "$log")"
    touch "$built.begun" 2> /dev/null || { mkdir -p "$(dirname "$built")" && touch "$built.begun"; }
    if ! (cd "$root" && ./mvnw --batch-mode --no-transfer-progress -Dquick -DskipTests package > "$log" 2>&1); then
        grep -E '^\[ERROR\]' "$log" | head -20 >&2 || true
        fail "the build failed; all of it is in $log"
    fi
    rm -f "$root/deploy/local/target/aot/made-for"
    # What was changed while it was being built is newer than this.
    mv "$built.begun" "$built"
    say "built in $((SECONDS - started)) s"
}

# What the caches were last made for; a build removes it.
aot_made_for=$root/deploy/local/target/aot/made-for

# Each JVM's memory of an earlier start (docs/adr/0013): made once per build, by starting each service once and ending it.
make_aot_caches() {
    local wanted started=$SECONDS own=$root/deploy/local/target/aot/suite.aot options=() arguments=()
    [ "${LONGSHORE_AOT:-on}" = on ] && [ "${LONGSHORE_BUILD:-}" != never ] || return 0
    wanted="$JAVA_HOME ${LONGSHORE_JAVA_OPTIONS:-}"
    [ "$(cat "$aot_made_for" 2> /dev/null)" != "$wanted" ] || return 0
    say "making the AOT caches, for which only the first start after a build has to wait; log: $home/logs/aot.log"
    mkdir -p "$(dirname "$own")"
    if [ ! "$own" -nt "$local_jar" ] || [ ! "$own" -nt "$root/deploy/local/target/lib" ]; then
        options=("-XX:AOTCacheOutput=$own.unfinished")
        arguments=(--broker)
    fi
    LONGSHORE_ROOT=$root LONGSHORE_TRIVY_EXECUTABLE=$("$root/deploy/tools/path" trivy) LONGSHORE_TRIVY_DATABASE=bundled \
        LONGSHORE_TRIVY_DATABASE_FOLDER=$root/deploy/tools/trivy-db \
        "$JAVA_HOME/bin/java" -Djava.util.logging.manager=dev.longshore.local.Logs "${suite_options[@]}" "${options[@]}" \
        -cp "$local_jar:$root/deploy/local/target/lib/*" dev.longshore.local.AotTraining "${arguments[@]}" \
        > "$home/logs/aot.log" 2>&1 ||
        say "not all could be made; the services start without, only more slowly"
    if [ -f "$own.unfinished" ]; then mv "$own.unfinished" "$own"; fi
    echo "$wanted" > "$aot_made_for"
    say "made the AOT caches in $((SECONDS - started)) s"
}

build_tools() {
    local tool
    for tool in "$@"; do
        "$root/deploy/tools/path" "$tool" > /dev/null 2>&1 || {
            say "building $tool with Go"
            "$root/deploy/tools/build" "$tool" 2>&1 | sed 's/^/        /'
        }
    done
}
