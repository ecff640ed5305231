# './carillon doctor'; sourced by ../carillon. Makes the checks that need neither a JDK nor a build; the jar's command of the same name
# makes the others and prints the same format.
# shellcheck shell=bash

doctor_problems=0
doctor_warnings=0

# Prints a finding. Arguments: ok, warning or problem; what was checked; the finding.
doctor_say() {
    local symbol colour
    case $1 in
        ok) symbol='[+]' colour=32 ;;
        warning) symbol='[!]' colour=33 doctor_warnings=$((doctor_warnings + 1)) ;;
        *) symbol='[x]' colour=31 doctor_problems=$((doctor_problems + 1)) ;;
    esac
    if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
        printf '\033[%sm%s\033[0m %-15s %s\n' "$colour" "$symbol" "$2" "$3"
    else
        printf '%s %-15s %s\n' "$symbol" "$2" "$3"
    fi
}

# Whether a version, such as 3.9.1, is at least another, such as 3.8.7.
doctor_at_least() {
    local IFS=. part
    # shellcheck disable=SC2206 # split at the dots
    local found=($1) wanted=($2)
    for part in 0 1 2; do
        [ "${found[part]:-0}" -eq "${wanted[part]:-0}" ] || { [ "${found[part]:-0}" -gt "${wanted[part]:-0}" ]; return; }
    done
}

# The first version number that a program prints.
doctor_version_of() {
    command -v "$1" >/dev/null || return 0
    "$@" 2>&1 | sed -n 's/^[^0-9]*\([0-9][0-9]*\(\.[0-9][0-9]*\)*\).*/\1/p' | head -n 1 || true
}

doctor_jdk() {
    local home version
    if home=$(find_jdk >/dev/null 2>&1 && printf '%s' "$JAVA_HOME"); then
        export JAVA_HOME=$home
        version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$home/release")
        doctor_say ok JDK "$version at $home"
    else
        version=$(doctor_version_of java -version)
        doctor_say problem JDK "No JDK $needed_java or newer was found${version:+ (java on the PATH is $version)}. Install one, for example Eclipse Temurin $needed_java (https://adoptium.net), or set JAVA_HOME to your JDK."
        return 1
    fi
}

# Maven is needed only for building; a build runs without it.
doctor_maven() {
    local level=$1 maven version
    if ! maven=$(find_maven >/dev/null 2>&1 && printf '%s' "$maven"); then
        doctor_say "$level" Maven "Not found; Carillon needs 3.8.7 or newer to build. Install it (Debian: apt-get install maven, macOS: brew install maven)."
        return
    fi
    version=$("$maven" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1 || true)
    if [ -z "$version" ]; then
        doctor_say "$level" Maven "$maven does not run; Carillon needs 3.8.7 or newer to build. Run '$maven -v' to see why."
    elif doctor_at_least "$version" 3.8.7; then
        doctor_say ok Maven "$version at $maven"
    else
        doctor_say "$level" Maven "$version at $maven is too old; building needs 3.8.7 or newer. Install it from https://maven.apache.org."
    fi
}

doctor_optional() {
    local version
    if command -v git >/dev/null; then
        doctor_say ok git "$(doctor_version_of git --version)"
    else
        doctor_say warning git "Not found. You need git only to get new versions and to contribute."
    fi
    if command -v npm >/dev/null && command -v node >/dev/null; then
        version=$(doctor_version_of node --version)
        doctor_say ok Node "$version, with npm $(doctor_version_of npm --version)"
    else
        doctor_say warning Node "Node.js with npm was not found. Carillon runs without it; './carillon test' skips the tests against real software from npm, such as a Bluesky server."
    fi
}

# Space where the data folder is, or will be.
doctor_disk() {
    local folder=$1 free
    while [ ! -d "$folder" ]; do
        folder=$(dirname "$folder")
    done
    free=$(df -Pk "$folder" 2>/dev/null | awk 'NR == 2 { print int($4 / 1024) }' || true)
    if [ -z "$free" ]; then
        doctor_say warning "disk space" "The free space at $folder cannot be read; Carillon needs about 1000 MB. Check it with: df $folder"
    elif [ "$free" -lt 200 ]; then
        doctor_say problem "disk space" "Only $free MB are free at $folder; the embedded servers need 200 MB to start. Free some space, or choose another folder with --data."
    elif [ "$free" -lt 1000 ]; then
        doctor_say warning "disk space" "Only $free MB are free at $folder; Carillon needs 1000 MB for data and builds. Free some space, or choose another folder with --data."
    else
        doctor_say ok "disk space" "$free MB free at $folder"
    fi
}

doctor_is_built() {
    [ -f "$jar" ]
}

doctor_build() {
    if ! doctor_is_built; then
        doctor_say warning build "Not built yet; the checks of settings, servers, ports and the data folder need a build. Run: ./carillon build"
    elif ! is_built; then
        doctor_say warning build "Older than the sources; doctor uses it as it is. The next './carillon up' builds again."
    else
        doctor_say ok build "up to date with the sources"
    fi
}

doctor() {
    local data=.carillon has_jdk=true previous= word
    for word in "$@"; do
        [ "$previous" != --data ] || data=$word
        case $word in
            --data=*) data=${word#--data=} ;;
            -h | --help) doctor_help && return ;;
        esac
        previous=$word
    done
    doctor_jdk || has_jdk=false
    if doctor_is_built; then doctor_maven warning; else doctor_maven problem; fi
    doctor_optional
    doctor_disk "$data"
    doctor_build
    if $has_jdk && doctor_is_built; then
        run_java -jar "$jar" doctor "--problems-before=$doctor_problems" "--warnings-before=$doctor_warnings" "$@"
    fi
    echo
    if [ "$doctor_problems" -gt 0 ]; then
        echo "Not ready to start: problems: $doctor_problems, warnings: $doctor_warnings. Fix what is marked [x] first."
        return 1
    fi
    echo "No problems so far, warnings: $doctor_warnings. Run './carillon build' and then './carillon doctor' again."
}

doctor_help() {
    cat <<'END'
./carillon doctor checks whether './carillon up' would start with the same options and settings. It changes nothing.

  --port 8080       port of the API
  --data .carillon  data folder of the embedded servers

[+] is fine, [!] is a warning, [x] is a problem. The exit code is 1 when there is a problem, 0 otherwise.
END
}
