import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The JDK's own HttpClient: it asks to upgrade every http request to HTTP/2. */
public final class JdkHttpClient {
    private static String sign(String appid, String secretId, String secretKey)
            throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String format = "a=%s&b=test&k=%s&e=%d&t=%d&r=1&u=0&f=";
        byte[] text = String.format(format, appid, secretId, now + 2592000, now).getBytes();
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secretKey.getBytes(), "HmacSHA1"));
        byte[] signed = new byte[20 + text.length];
        System.arraycopy(mac.doFinal(text), 0, signed, 0, 20);
        System.arraycopy(text, 0, signed, 20, text.length);
        return Base64.getEncoder().encodeToString(signed);
    }

    private static String ask(String appid, String secretId, String secretKey, Path path)
            throws GeneralSecurityException, InterruptedException, IOException {
        String signature = sign(appid, secretId, secretKey);
        String json = "{\"appid\":\"" + appid + "\",\"image\":\"" + Checks.encoded(path) + "\"}";
        // docs: begin
        var uri = URI.create(Checks.value("TENCENT_URL") + "/ocr/general");
        var request = HttpRequest.newBuilder(uri).header("Authorization", signature)
            .POST(HttpRequest.BodyPublishers.ofString(json)).build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        // docs: end
        return new String(answer.body().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** The start of the answer: code and message. */
    private static String refusal(String appid, String secretId, String secretKey, Path path)
            throws GeneralSecurityException, InterruptedException, IOException {
        return ask(appid, secretId, secretKey, path).split("[,}]\"data\"")[0].replace("}", "");
    }

    public static void main(String[] args) throws Exception {
        String appid = Checks.value("TENCENT_APPID");
        String id = Checks.value("TENCENT_SECRET_ID");
        String key = Checks.value("TENCENT_SECRET_KEY");
        String text = ask(appid, id, key, Checks.PICTURE).replaceAll("\\{[^{}]*\\}", "");
        Checks.read(List.of(text));
        String wrong = refusal(appid, id, Checks.spoilt(key), Checks.PICTURE);
        Checks.refused("wrong secret", wrong, "{\"code\":14,\"message\":\"sign no pass\"");
        String bad = refusal(appid, id, key, Checks.NOT_A_PICTURE);
        Checks.refused(
                "bad picture", bad, "{\"code\":-1102,\"message\":\"SDK_IMAGE_DECODE_FAILED\"");
        String none =
                refusal(
                        Checks.usedUp("TENCENT_APPID"),
                        Checks.usedUp("TENCENT_SECRET_ID"),
                        Checks.usedUp("TENCENT_SECRET_KEY"),
                        Checks.PICTURE);
        Checks.refused("used up", none, "{\"code\":25,\"message\":\"resource has been used up\"");
        Checks.end();
    }
}
