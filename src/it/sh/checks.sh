# Part of launcher-test.sh, archive-test.sh and image-test.sh: checks of what a command printed to $work/out and $work/err, and of
# its exit status.
# shellcheck shell=bash
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
status=0
: >"$work/out"
: >"$work/err"

check() { # what, condition…
    local what=$1
    shift
    if "$@"; then
        echo "ok    $what"
    else
        echo "FAIL  $what (exit status $status)"
        sed 's/^/      out: /' "$work/out" | head -n 20
        sed 's/^/      err: /' "$work/err" | head -n 20
        failures=$((failures + 1))
    fi
}
status_is() { [ "$status" -eq "$1" ]; }
lines_are() { [ "$(wc -l <"$work/out")" -eq "$1" ]; }
one_line() { [ "$(wc -l <"$work/err")" -eq 1 ]; }
says() { grep -qF -- "$1" "$work/err"; }

end_of_checks() { # of what
    echo
    [ "$failures" -eq 0 ] || { echo "$1: $failures failed"; exit 1; }
    echo "$1: all passed"
}
