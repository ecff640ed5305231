# How Carillon is built; sourced by ../carillon. docs/contributing/build.md explains why.
# shellcheck shell=bash

# What 'up' runs is built in its own folders: it has other options than the tests' build, and both may run at once.
run_target=target/run
run_folder=$root/app/$run_target
jar=$run_folder/carillon.jar
stamp=$root/$run_target/sources
aot_cache=$run_folder/carillon.aot
# Benchmarks and crash tests are part of the test sources, which are compiled for them without checks.
measure_target=target/measure
measure_stamp=$root/$measure_target/sources
build_log=$root/target/build.log
# If more sources than this have changed, everything is compiled.
few_changes=20

find_maven() {
    local candidate
    for candidate in "$(command -v mvn || true)" "$HOME/.sdkman/candidates/maven/current/bin/mvn" \
        /usr/share/maven/bin/mvn /opt/homebrew/bin/mvn /usr/local/bin/mvn /opt/*maven*/bin/mvn; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            maven=$candidate
            return
        fi
    done
    fail "Carillon needs Maven 3.8.7 or newer to build, but none was found." \
        "Install it (Debian: apt-get install maven, macOS: brew install maven, or https://maven.apache.org) and put mvn on the PATH."
}

# A build ends before the JVM's second compiler pays off. The last two options silence warnings about Maven's libraries on a new JDK.
mvn_here() {
    find_maven
    MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
        "$maven" -B -f "$root/pom.xml" "$@"
}

# One line per source, with a checksum of its contents, so that a checkout with old dates counts as a change.
sources_of() {
    (cd "$root" && find pom.xml .mvn tools ./*/pom.xml "$@" -type f -exec cksum {} + | LC_ALL=C sort)
}

run_sources() { sources_of ./*/src/main; }

measure_sources() { sources_of ./*/src; }

is_built() {
    [ -f "$jar" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(run_sources)" ]
}

# Runs Maven in the background and shows its progress. Arguments: a label, then Maven's arguments.
mvn_with_progress() {
    local what=$1 pid started=$SECONDS
    shift
    mkdir -p "$root/target"
    find_maven
    : >"$build_log"
    mvn_here "$@" >"$build_log" 2>&1 &
    pid=$!
    # A background process does not receive Ctrl-C.
    trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM
    show_steps "$what" "$pid" "$started"
    if ! wait "$pid"; then
        trap - INT TERM
        grep -E '^\[(ERROR|WARNING)\]' "$build_log" | head -n 40 >&2 || tail -n 40 "$build_log" >&2
        fail "The build failed. Complete output: $build_log"
    fi
    trap - INT TERM
    built_seconds=$((SECONDS - started))
}

# Updates one line on a terminal; prints a line per step elsewhere.
show_steps() {
    local what=$1 pid=$2 started=$3 step shown=
    while kill -0 "$pid" 2>/dev/null; do
        step=$(awk '
            /^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]$/ { module = $3; split($NF, at, /[][\/]/) }
            /Downloaded from/ { files++ }
            END {
                if (module) printf "step %s of %s, %s", at[2], at[3], module; else printf "Maven starts"
                if (files) printf ", %d files downloaded", files
            }' "$build_log")
        if [ -t 2 ]; then
            printf '\r\033[K%s: %s, %d s' "$what" "$step" $((SECONDS - started)) >&2
        elif [ "$step" != "$shown" ]; then
            printf '%s: %s, %d s\n' "$what" "$step" $((SECONDS - started)) >&2
            shown=$step
        fi
        sleep 1
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
}

# Builds what 'up' runs, if the sources have changed since the last build.
build() {
    local sources changed last= options
    sources=$(run_sources)
    if [ -f "$jar" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sources" ]; then
        return
    fi
    options=(-T 2 -Dcarillon.unchecked -Dcarillon.untested "-Dcarillon.target=$run_target" -Dcarillon.test-phase=none package)
    if changed=$(few_changed "$sources") && is_partly_stale "$changed"; then
        mvn_with_progress "Building changes" -Dmaven.compiler.useIncrementalCompilation=false "${options[@]}"
        echo "Built the changes in $built_seconds s." >&2
        rm -f "$aot_cache"
    else
        [ ! -f "$root/target/build-seconds" ] || last="; the last full build took $(cat "$root/target/build-seconds") s"
        [ -n "$last" ] || last="; Maven fetches the libraries once, which can take minutes"
        echo "Building Carillon$last." >&2
        rm -rf "$stamp" "$root"/*/"$run_target"
        mvn_with_progress "Building" "${options[@]}"
        echo "$built_seconds" >"$root/target/build-seconds"
        echo "Built Carillon in $built_seconds s." >&2
        prepare_start
    fi
    mkdir -p "$(dirname "$stamp")"
    printf '%s\n' "$sources" >"$stamp"
}

prepare_start_unless_ready() {
    [ -f "$aot_cache" ] || prepare_start
}

# Starts Carillon once in a temporary data folder, publishes the demo's post and stops, so that the JVM writes its cache of loaded and
# linked classes with their profiles. Without the cache, Carillon works but starts more slowly.
prepare_start() {
    local folder=$root/$run_target/rehearsal log=$root/target/rehearsal.log pid started=$SECONDS ready=false
    rm -rf "$folder" "$aot_cache"
    mkdir -p "$folder"
    # The environment is cleared, so that this start cannot use the servers in your settings.
    (cd "$folder" && exec env -i HOME="$HOME" PATH="$PATH" "$JAVA_HOME/bin/java" "${java_flags[@]}" "-XX:AOTCacheOutput=$aot_cache.new" \
        -jar "$jar" up --port 0 --data "$folder/data" --demo) >"$log" 2>&1 &
    pid=$!
    trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM
    while kill -0 "$pid" 2>/dev/null && [ $((SECONDS - started)) -lt 180 ]; do
        if ! $ready && grep -q 'Carillon keeps running' "$log"; then
            ready=true
            kill "$pid"
        fi
        [ ! -t 2 ] || printf '\r\033[KPreparing a quick start, %d s' $((SECONDS - started)) >&2
        sleep 0.5
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    trap - INT TERM
    rm -rf "$folder"
    if $ready && [ -s "$aot_cache.new" ]; then
        mv "$aot_cache.new" "$aot_cache"
        echo "Prepared a quick start in $((SECONDS - started)) s." >&2
    else
        rm -f "$aot_cache.new"
        echo "Could not prepare a quick start; each start takes a few seconds longer. See $log." >&2
    fi
}

# The paths that changed since the last build, if they are few; fails otherwise.
few_changed() {
    local changed
    [ -f "$jar" ] && [ -f "$stamp" ] || return 1
    changed=$(printf '%s\n' "$1" | LC_ALL=C comm -3 - "$stamp" | awk '{ print $3 }' | sed 's|^\./||' | sort -u)
    [ "$(printf '%s\n' "$changed" | wc -l)" -le "$few_changes" ] || return 1
    printf '%s\n' "$changed"
}

# Deletes the classes that the changed paths make stale; fails if only a full build is safe.
is_partly_stale() {
    local path classes=() tool=$root/$run_target/tools
    for path in $1; do
        case $path in
            */src/main/java/*) classes+=("$path") ;;
            # Maven copies existing resources, but does not delete removed ones.
            */src/main/resources/*) [ -f "$root/$path" ] || return 1 ;;
            *) return 1 ;;
        esac
    done
    [ "${#classes[@]}" -gt 0 ] || return 0
    [ -f "$tool/StaleClasses.class" ] || "$JAVA_HOME/bin/javac" -d "$tool" "$root/tools/StaleClasses.java"
    "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$tool" StaleClasses "$root" "$run_target" "${classes[@]}" \
        >"$root/target/stale.log"
}

# Maven does not notice when changed options or annotation processors produce other classes from the same sources.
forget_classes_of_other_options() {
    local options
    options=$(sources_of)
    mkdir -p "$root/target"
    if [ "$(cat "$root/target/options" 2>/dev/null)" != "$options" ]; then
        rm -rf "$root"/*/target/classes "$root"/*/target/test-classes
        printf '%s\n' "$options" >"$root/target/options"
    fi
}

# Builds the benchmarks and crash tests.
build_measured() {
    local sources
    sources=$(measure_sources)
    if [ "$(cat "$measure_stamp" 2>/dev/null)" != "$sources" ]; then
        rm -rf "$measure_stamp" "$root"/*/"$measure_target"
        mvn_with_progress "Building for measurements" -T 2 -Dcarillon.unchecked -DskipTests "-Dcarillon.target=$measure_target" package
        mkdir -p "$(dirname "$measure_stamp")"
        printf '%s\n' "$sources" >"$measure_stamp"
    fi
    measured_classpath=$root/app/$measure_target/test-classes:$root/app/$measure_target/classes:$(cat "$root/app/$measure_target/test-classpath")
}
