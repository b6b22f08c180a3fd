#!/bin/sh
# Tencent's general OCR as its page shows it, json or multipart, signed with openssl.
#   tencent.sh json|multipart [OPTION]: the option of curl, such as --http2, is used for json
set -eu
# shellcheck source=clients/curl/checks.sh
. "$(dirname -- "$0")/checks.sh"
url=$TENCENT_URL form=$1 option=${2:--sS}

# sign APPID SECRET_ID SECRET_KEY: base64 of the digest and the text it was made of
sign() {
    now=$(date +%s)
    text="a=$1&b=test&k=$2&e=$((now + 2592000))&t=$now&r=$$&u=0&f="
    { printf '%s' "$text" | openssl dgst -sha1 -hmac "$3" -binary && printf '%s' "$text"; } |
        base64 | tr -d '\n'
}

ask() {
    appid=$1 image=$4
    signature=$(sign "$1" "$2" "$3")
    if [ "$form" = json ]; then
        printf '{"appid":"%s","image":"%s"}' "$appid" "$(encoded "$image")" >"$work/body"
        curl -sS -i "$option" "$url/ocr/general" -H "Authorization: $signature" \
            -H 'Content-Type: application/json' --data-binary "@$work/body"
    else
        # docs: begin
        curl -sS -i "$url/ocr/general" -H "Authorization: $signature" \
            -F "appid=$appid" -F 'bucket=test' -F "image=@$image"
        # docs: end
    fi
}

good() {
    ask "$TENCENT_APPID" "$TENCENT_SECRET_ID" "$TENCENT_SECRET_KEY" "$1"
}

read_text "$(good "$picture")"
key=$(spoilt "$TENCENT_SECRET_KEY")
refused 'wrong secret' "$(ask "$TENCENT_APPID" "$TENCENT_SECRET_ID" "$key" "$picture")" \
    '{"code":14,"message":"sign no pass"}'
refused 'bad picture' "$(good "$NOT_A_PICTURE")" '"code":-1102,"message":"SDK_IMAGE_DECODE_FAILED"'
none=$(ask "$USED_UP_TENCENT_APPID" "$USED_UP_TENCENT_SECRET_ID" "$USED_UP_TENCENT_SECRET_KEY" "$picture")
refused 'used up' "$none" '"code":25'
end
