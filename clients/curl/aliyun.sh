#!/bin/sh
# The curl sample of the product page of Aliyun's market, with a picture of one's own.
set -eu
# shellcheck source=clients/curl/checks.sh
. "$(dirname -- "$0")/checks.sh"
url=$ALIYUN_MARKET_URL

ask() {
    appcode=$1
    img=$work/img
    encoded "$2" >"$img"
    # docs: begin
    curl -sS -i -X POST "$url/ocr" -H "Authorization:APPCODE $appcode" \
        -H 'Content-Type:application/x-www-form-urlencoded; charset=UTF-8' \
        --data-urlencode "img@$img" --data 'ver=1'
    # docs: end
}

# both url and img, as the page prints it
verbatim() {
    curl -sS -i -X POST "$url/ocr" -H "Authorization:APPCODE $1" \
        --data 'img=%2F9j%2F4AAQ&url=https%3A%2F%2Fwww.zpzzq.com%2Fimages%2Focrtest.jpg&ver=0'
}

read_text "$(ask "$ALIYUN_MARKET_APPCODE" "$picture")"
wrong_code=$(spoilt "$ALIYUN_MARKET_APPCODE")
refused 'wrong secret' "$(ask "$wrong_code" "$picture")" 'Invalid AppCode'
bad=$(ask "$ALIYUN_MARKET_APPCODE" "$NOT_A_PICTURE")
refused 'bad picture' "$bad" 'img图像错误: 无法处理图片信息'
refused 'url and img' "$(verbatim "$ALIYUN_MARKET_APPCODE")" 'img或url只能传入一个'
none=$(ask "$USED_UP_ALIYUN_MARKET_APPCODE" "$picture")
refused 'used up' "$none" 'Quota Exhausted'
end
