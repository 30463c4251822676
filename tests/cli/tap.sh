# tap.sh: what every command-line test sources: TAP with a plan at the end, run from the top of the
# tree, in a scratch folder $T that goes away. $NOI is the program, $NOI_SAN the sanitized one.
# shellcheck shell=sh
set -u
NOI=${NOI:-$PWD/build/noi}
NOI_SAN=${NOI_SAN:-$PWD/build/san/noi}
SHARED=${NOI_SHARED:-$PWD/../shared}
TOP=$PWD
export LC_ALL=C.UTF-8 LANGUAGE=en TZ=UTC
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
tap_n=0
tap_bad=0

ok() { # ok STATUS DESCRIPTION: STATUS 0 passes
    tap_n=$((tap_n + 1))
    if [ "$1" = 0 ]; then echo "ok $tap_n - $2"; else
        echo "not ok $tap_n - $2"
        tap_bad=1
    fi
}
# is GOT WANT DESCRIPTION
is() {
    if [ "$1" = "$2" ]; then ok 0 "$3"; else
        ok 1 "$3"
        printf '# got:  %s\n# want: %s\n' "$1" "$2"
    fi
}
# like TEXT PATTERN DESCRIPTION (extended regular expression)
like() {
    if printf '%s\n' "$1" | grep -qE -- "$2"; then ok 0 "$3"; else
        ok 1 "$3"
        printf '# text:    %s\n# pattern: %s\n' "$1" "$2"
    fi
}
# run COMMAND...: sets $status, $out and $err
run() {
    status=0
    "$@" >"$T/out" 2>"$T/err" || status=$?
    out=$(cat "$T/out")
    err=$(cat "$T/err")
}
done_testing() {
    echo "1..$tap_n"
    exit "$tap_bad"
}
