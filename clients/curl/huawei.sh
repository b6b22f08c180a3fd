#!/bin/sh
# Huawei's web image by token, as its guide shows it: fetch a token, then send it along.
set -eu
# shellcheck source=clients/curl/checks.sh
. "$(dirname -- "$0")/checks.sh"
url=$HUAWEI_URL iam_url=$HUAWEI_IAM_URL

# fetch USER PASSWORD DOMAIN
fetch() {
    cat >"$work/auth" <<END
{"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "$1",
  "password": "$2", "domain": {"name": "$3"}}}}, "scope": {"project": {"name": "cn-north-4"}}}}
END
    curl -sS -i "$iam_url/v3/auth/tokens" -H 'Content-Type: application/json' -d "@$work/auth"
}

token_of() {
    printf '%s' "$1" | tr -d '\r' | sed -n 's/^[Xx]-[Ss]ubject-[Tt]oken: //p'
}

# ask TOKEN PROJECT_ID PICTURE
ask() {
    token=$1 project_id=$2
    printf '{"image": "%s"}' "$(encoded "$3")" >"$work/body"
    # docs: begin
    curl -sS -i "$url/v2/$project_id/ocr/web-image" -H "X-Auth-Token: $token" \
        -H 'Content-Type: application/json' --data-binary "@$work/body"
    # docs: end
}

token=$(token_of "$(fetch "$HUAWEI_USER" "$HUAWEI_PASSWORD" "$HUAWEI_DOMAIN")")
read_text "$(ask "$token" "$HUAWEI_PROJECT_ID" "$picture")"
refused 'wrong secret' "$(fetch "$HUAWEI_USER" invented "$HUAWEI_DOMAIN")" \
    'The username or password is wrong.'
refused 'wrong token' "$(ask MIInvented "$HUAWEI_PROJECT_ID" "$picture")" 'decrypt token fail'
token=$(token_of "$(fetch "$HUAWEI_USER" "$HUAWEI_PASSWORD" "$HUAWEI_DOMAIN")")
refused 'bad picture' "$(ask "$token" "$HUAWEI_PROJECT_ID" "$NOT_A_PICTURE")" 'AIS.0102'
poor=$(fetch "$USED_UP_HUAWEI_USER" "$USED_UP_HUAWEI_PASSWORD" "$USED_UP_HUAWEI_DOMAIN")
none=$(ask "$(token_of "$poor")" "$USED_UP_HUAWEI_PROJECT_ID" "$picture")
refused 'used up' "$none" 'APIG.0308'
end
