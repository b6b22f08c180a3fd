#!/bin/sh
# Tupu's general OCR: a form with the picture's file, and the key in the address.
set -eu
# shellcheck source=clients/curl/checks.sh
. "$(dirname -- "$0")/checks.sh"
url=$TUPU_URL

ask() {
    key=$1 image=$2
    # docs: begin
    curl -sS -i "$url/v3/recognition/general-ocr?key=$key" -F "image=@$image"
    # docs: end
}

read_text "$(ask "$TUPU_KEY" "$picture")"
refused 'wrong secret' "$(ask "$(spoilt "$TUPU_KEY")" "$picture")" 'authorization failed'
refused 'bad picture' "$(ask "$TUPU_KEY" "$NOT_A_PICTURE")" 'Image error'
refused 'used up' "$(ask "$USED_UP_TUPU_KEY" "$picture")" 'quota exceeded'
end
