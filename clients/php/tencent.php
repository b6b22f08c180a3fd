<?php
// Guzzle: Tencent's general OCR as multipart, signed as the vendor's page shows it.
require '/usr/share/php/GuzzleHttp/autoload.php';

$wrong = false;

function report(string $check, bool $right, string $seen): void
{
    global $wrong;
    $wrong = $wrong || !$right;
    echo $check, "\t", $right ? 'right' : 'WRONG', "\t", $seen, "\n";
}

function sign(string $appid, string $secretId, string $secretKey): string
{
    $now = time();
    $text = "a=$appid&b=test&k=$secretId&e=" . ($now + 2592000) . "&t=$now&r=1&u=0&f=";
    return base64_encode(hash_hmac('sha1', $text, $secretKey, true) . $text);
}

function ask(string $appid, string $secretId, string $secretKey, string $path): array
{
    $signature = sign($appid, $secretId, $secretKey);
    $parts = [
        ['name' => 'appid', 'contents' => $appid],
        ['name' => 'image', 'contents' => fopen($path, 'r'), 'filename' => basename($path)],
    ];
    // docs: begin
    $client = new GuzzleHttp\Client(['base_uri' => getenv('TENCENT_URL'), 'http_errors' => false]);
    $headers = ['Authorization' => $signature];
    $answer = $client->post('/ocr/general', ['headers' => $headers, 'multipart' => $parts]);
    // docs: end
    return json_decode((string) $answer->getBody(), true);
}

function credentials(string $prefix = ''): array
{
    $names = ['TENCENT_APPID', 'TENCENT_SECRET_ID', 'TENCENT_SECRET_KEY'];
    return array_map(fn ($name) => getenv($prefix . $name), $names);
}

function refused(string $check, array $answer, string $wanted): void
{
    $seen = $answer['code'] . ' ' . $answer['message'];
    report($check, $seen === $wanted, $seen);
}

[$appid, $id, $key] = credentials();
$picture = getenv('SAMPLES') . '/hello.png';
$items = ask($appid, $id, $key, $picture)['data']['items'] ?? [];
$text = implode(' / ', array_column($items, 'itemstring'));
$plain = str_replace(' ', '', $text);
$found = array_filter(['发票', 'Invoice', '1280.50'], fn ($word) => str_contains($plain, $word));
report('read', count($found) === 3, $text);
refused('wrong secret', ask($appid, $id, substr($key, 0, -1) . 'x', $picture), '14 sign no pass');
$bad = ask($appid, $id, $key, getenv('NOT_A_PICTURE'));
refused('bad picture', $bad, '-1102 SDK_IMAGE_DECODE_FAILED');
refused('used up', ask(...credentials('USED_UP_'), path: $picture), '25 resource has been used up');
exit($wrong ? 1 : 0);
