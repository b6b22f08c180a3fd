import com.baidu.aip.ocr.AipOcr;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.json.JSONObject;

/** com.baidu.aip java-sdk: text, an identity card, an invoice. Its addresses are constants. */
public final class BaiduOcr {
    private static AipOcr client(String appId, String apiKey, String secretKey) {
        URI proxy = URI.create(Checks.value("HTTPS_PROXY"));
        // docs: begin
        var client = new AipOcr(appId, apiKey, secretKey);
        client.setHttpProxy(proxy.getHost(), proxy.getPort()); // the port of --proxy-port
        // docs: end
        return client;
    }

    private static String refusal(AipOcr client, Path path) throws IOException {
        JSONObject answer = client.basicGeneral(Files.readAllBytes(path), new HashMap<>());
        return answer.getInt("error_code") + " " + answer.getString("error_msg");
    }

    private static List<String> words(JSONObject answer) {
        List<String> lines = new ArrayList<>();
        var items = answer.getJSONArray("words_result");
        for (int index = 0; index < items.length(); index++) {
            lines.add(items.getJSONObject(index).getString("words"));
        }
        return lines;
    }

    public static void main(String[] args) throws IOException {
        String appId = Checks.value("BAIDU_APP_ID");
        String key = Checks.value("BAIDU_API_KEY");
        String secret = Checks.value("BAIDU_SECRET_KEY");
        AipOcr client = client(appId, key, secret);
        byte[] picture = Files.readAllBytes(Checks.PICTURE);
        Checks.read(words(client.basicGeneral(picture, new HashMap<>())));
        var options = new HashMap<String, String>();
        options.put("recognize_granularity", "small");
        JSONObject located = client.general(picture, options);
        Checks.read("located", String.join(" / ", words(located)), "发票", "1280.50");
        byte[] card = Files.readAllBytes(Checks.sample("idcard.png"));
        String identity = client.idcard(card, "front", new HashMap<>()).toString();
        Checks.read("read an identity card", identity, "张伟", "19900112");
        Checks.readsOnce(
                "baidu.vat_invoice", "vat_invoice", "{\"number\":\"01234567\",\"total\":\"113.00\"}");
        String invoice = client.vatInvoice(picture, new HashMap<>()).toString();
        Checks.read("read an invoice", invoice, "01234567", "113.00");
        JSONObject none = client.idcard(picture, "front", new HashMap<>());
        Checks.refused("no card", String.valueOf(none.getInt("error_code")), "216633");
        // a mistyped key: the client falls back to a signature, the gateway refuses that, and the
        // client puts an error of its own in place of the refusal
        String wrong = refusal(client(appId, Checks.spoilt(key), secret), Checks.PICTURE);
        Checks.refused("wrong secret", wrong, "6 No permission to access data");
        String bad = refusal(client, Checks.NOT_A_PICTURE);
        Checks.refused("bad picture", bad, "216201 image format error");
        AipOcr poor =
                client(
                        Checks.usedUp("BAIDU_APP_ID"),
                        Checks.usedUp("BAIDU_API_KEY"),
                        Checks.usedUp("BAIDU_SECRET_KEY"));
        String used = refusal(poor, Checks.PICTURE);
        Checks.refused("used up", used, "17 Open api daily request limit reached");
        Checks.end();
    }
}
