# shellcheck shell=sh
# Prints what came back to curl, one line per check, and whether that was right.
# The programs beside it source this file and call `end` last.

wrong=0
# shellcheck disable=SC2034 # the programs use it
picture=$SAMPLES/hello.png
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

report() {
    [ "$2" = right ] || wrong=1
    printf '%s\t%s\t%s\n' "$1" "$2" "$3"
}

# read_text ANSWER: the text of the sample picture must be in it.
read_text() {
    case "$(printf '%s' "$1" | tr -d ' ')" in
    *发票*Invoice*1280.50*) report read right '发票 Invoice … 1280.50' ;;
    *) report read WRONG "$(printf '%s' "$1" | head -c 200 | tr '\n\t' '  ')" ;;
    esac
}

# refused CHECK ANSWER WANTED: the answer is curl's output, status line included.
refused() {
    seen=$(printf '%s' "$2" | tr '\r\n\t' '   ')
    status=$(printf '%s' "$2" | sed -n 's/^HTTP[^ ]* \([0-9]*\).*/\1/p' | tail -n 1)
    case "$status $seen" in
    *$3*) report "$1" right "$status $3" ;;
    *) report "$1" WRONG "$status $(printf '%s' "$seen" | tail -c 200)" ;;
    esac
}

spoilt() {
    printf '%sx' "${1%?}"
}

encoded() {
    base64 <"$1" | tr -d '\n'
}

end() {
    exit "$wrong"
}
