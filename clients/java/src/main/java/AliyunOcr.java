import com.aliyun.ocr_api20210707.Client;
import com.aliyun.ocr_api20210707.models.RecognizeAllTextRequest;
import com.aliyun.ocr_api20210707.models.RecognizeGeneralRequest;
import com.aliyun.ocr_api20210707.models.RecognizeIdcardRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** ocr_api20210707: RecognizeGeneral and others, signed with ACS3-HMAC-SHA256. */
public final class AliyunOcr {
    private static final String[] URL = Checks.value("ALIYUN_URL").split("://");

    private static Client client(String accessKeyId, String accessKeySecret) throws Exception {
        String protocol = URL[0];
        String endpoint = URL[1];
        var config = new Config();
        config.setAccessKeyId(accessKeyId).setAccessKeySecret(accessKeySecret);
        // docs: begin
        config.setProtocol(protocol).setEndpoint(endpoint);
        return new Client(config);
        // docs: end
    }

    private static List<String> ask(Client client, Path path) throws Exception {
        try (var file = Files.newInputStream(path)) {
            var request = new RecognizeGeneralRequest().setBody(file);
            String data = client.recognizeGeneral(request).getBody().getData();
            var words = new Gson().fromJson(data, JsonObject.class);
            var lines = new ArrayList<String>();
            for (var word : words.getAsJsonArray("prism_wordsInfo")) {
                lines.add(word.getAsJsonObject().get("word").getAsString());
            }
            return lines;
        }
    }

    private static String allText(Client client, Path path) throws Exception {
        try (var file = Files.newInputStream(path)) {
            var request = new RecognizeAllTextRequest().setBody(file).setType("General");
            var image = client.recognizeAllText(request).getBody().getData().getSubImages().get(0);
            return image.getBlockInfo().getBlockDetails().stream()
                    .map(block -> block.getBlockContent())
                    .collect(Collectors.joining(" / "));
        }
    }

    private static String noCard(Client client, Path path) throws Exception {
        try (var file = Files.newInputStream(path)) {
            var request = new RecognizeIdcardRequest().setBody(file);
            return client.recognizeIdcard(request).getBody().getData();
        }
    }

    private static String refusal(Callable<?> asked) throws Exception {
        try {
            return String.valueOf(asked.call());
        } catch (TeaException error) {
            String name = error.getClass().getSimpleName();
            return name + " " + error.getStatusCode() + " " + error.getCode();
        }
    }

    public static void main(String[] args) throws Exception {
        String id = Checks.value("ALIYUN_ACCESS_KEY_ID");
        String secret = Checks.value("ALIYUN_ACCESS_KEY_SECRET");
        String said = "TeaException ";
        Client good = client(id, secret);
        Checks.read(ask(good, Checks.PICTURE));
        Checks.read("all text", allText(good, Checks.PICTURE), "发票", "1280.50");
        Client wrong = client(id, Checks.spoilt(secret));
        String seen = refusal(() -> ask(wrong, Checks.PICTURE));
        Checks.refused("wrong secret", seen, said + "400 SignatureDoesNotMatch");
        seen = refusal(() -> ask(good, Checks.NOT_A_PICTURE));
        Checks.refused("bad picture", seen, said + "415 unsupportedImageFormat");
        seen = refusal(() -> noCard(good, Checks.PICTURE));
        Checks.refused("no card", seen, said + "400 unmatchedImageType");
        Client poor =
                client(
                        Checks.usedUp("ALIYUN_ACCESS_KEY_ID"),
                        Checks.usedUp("ALIYUN_ACCESS_KEY_SECRET"));
        seen = refusal(() -> ask(poor, Checks.PICTURE));
        Checks.refused("used up", seen, said + "400 Throttling.User");
        Checks.end();
    }
}
