import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.ocr.v1.OcrClient;
import com.huaweicloud.sdk.ocr.v1.model.GeneralTextRequestBody;
import com.huaweicloud.sdk.ocr.v1.model.GeneralTextWordsBlockList;
import com.huaweicloud.sdk.ocr.v1.model.IdCardRequestBody;
import com.huaweicloud.sdk.ocr.v1.model.RecognizeGeneralTextRequest;
import com.huaweicloud.sdk.ocr.v1.model.RecognizeIdCardRequest;
import com.huaweicloud.sdk.ocr.v1.model.RecognizeWebImageRequest;
import com.huaweicloud.sdk.ocr.v1.model.WebImageRequestBody;
import com.huaweicloud.sdk.ocr.v1.model.WebImageWordsBlockList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** huaweicloud-sdk-ocr with AK and SK, its endpoint and project given. */
public final class HuaweiWebImage {
    private static final String URL = Checks.value("HUAWEI_URL");

    private static OcrClient client(String ak, String sk, String projectId) {
        // docs: begin
        var credentials = new BasicCredentials().withAk(ak).withSk(sk).withProjectId(projectId);
        var builder = OcrClient.newBuilder().withCredential(credentials);
        return builder.withEndpoint(URL).build();
        // docs: end
    }

    private static List<String> ask(OcrClient client, Path path) throws IOException {
        var body = new WebImageRequestBody().withImage(Checks.encoded(path));
        var answer = client.recognizeWebImage(new RecognizeWebImageRequest().withBody(body));
        return answer.getResult().getWordsBlockList().stream()
                .map(WebImageWordsBlockList::getWords)
                .collect(Collectors.toList());
    }

    private static String generalText(OcrClient client, Path path) throws IOException {
        var body = new GeneralTextRequestBody().withImage(Checks.encoded(path));
        var answer = client.recognizeGeneralText(new RecognizeGeneralTextRequest().withBody(body));
        return answer.getResult().getWordsBlockList().stream()
                .map(GeneralTextWordsBlockList::getWords)
                .collect(Collectors.joining(" / "));
    }

    private static String identity(OcrClient client, Path path) throws IOException {
        var body = new IdCardRequestBody().withImage(Checks.encoded(path)).withSide("front");
        try {
            var answer = client.recognizeIdCard(new RecognizeIdCardRequest().withBody(body));
            return answer.getResult().getName() + " " + answer.getResult().getNumber();
        } catch (ServiceResponseException error) {
            return error.getHttpStatusCode() + " " + error.getErrorCode();
        }
    }

    private static String refusal(OcrClient client, Path path) throws IOException {
        try {
            return ask(client, path).toString();
        } catch (ServiceResponseException error) {
            String name = error.getClass().getSimpleName();
            return name + " " + error.getHttpStatusCode() + " " + error.getErrorCode();
        }
    }

    public static void main(String[] args) throws IOException {
        String ak = Checks.value("HUAWEI_AK");
        String sk = Checks.value("HUAWEI_SK");
        String project = Checks.value("HUAWEI_PROJECT_ID");
        OcrClient good = client(ak, sk, project);
        Checks.read(ask(good, Checks.PICTURE));
        String general = generalText(good, Checks.PICTURE);
        Checks.read("read general text", general, "发票", "Invoice", "1280.50");
        String card = identity(good, Checks.sample("idcard.png"));
        Checks.read("read an identity card", card, "张伟", "440300199001120000");
        Checks.refused("no card", identity(good, Checks.PICTURE), "400 AIS.0104");
        String wrong = refusal(client(ak, Checks.spoilt(sk), project), Checks.PICTURE);
        Checks.refused("wrong secret", wrong, "ClientRequestException 401 APIG.0301");
        String bad = refusal(good, Checks.NOT_A_PICTURE);
        Checks.refused("bad picture", bad, "ClientRequestException 400 AIS.0102");
        OcrClient poor =
                client(
                        Checks.usedUp("HUAWEI_AK"),
                        Checks.usedUp("HUAWEI_SK"),
                        Checks.usedUp("HUAWEI_PROJECT_ID"));
        String none = refusal(poor, Checks.PICTURE);
        Checks.refused("used up", none, "ClientRequestException 429 APIG.0308");
        Checks.end();
    }
}
