import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.ocr.v20181119.OcrClient;
import com.tencentcloudapi.ocr.v20181119.models.GeneralBasicOCRRequest;
import com.tencentcloudapi.ocr.v20181119.models.IDCardOCRRequest;
import com.tencentcloudapi.ocr.v20181119.models.RecognizeTableAccurateOCRRequest;
import com.tencentcloudapi.ocr.v20181119.models.TextDetection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** tencentcloud-sdk-java-ocr: GeneralBasicOCR, an identity card and a table. */
public final class TencentCloud {
    private static final String[] URL = Checks.value("TENCENT_CLOUD_URL").split("(?<=://)");

    private static OcrClient client(String secretId, String secretKey) {
        String protocol = URL[0];
        String endpoint = URL[1];
        // docs: begin
        HttpProfile http = new HttpProfile();
        http.setProtocol(protocol);
        http.setEndpoint(endpoint);
        // docs: end
        var credential = new Credential(secretId, secretKey);
        var profile = new ClientProfile(ClientProfile.SIGN_TC3_256, http);
        return new OcrClient(credential, "ap-guangzhou", profile);
    }

    private static List<String> ask(OcrClient client, Path path)
            throws IOException, TencentCloudSDKException {
        var request = new GeneralBasicOCRRequest();
        request.setImageBase64(Checks.encoded(path));
        return Stream.of(client.GeneralBasicOCR(request).getTextDetections())
                .map(TextDetection::getDetectedText)
                .collect(Collectors.toList());
    }

    private static void documents(OcrClient client, String said)
            throws IOException, TencentCloudSDKException {
        var card = new IDCardOCRRequest();
        card.setImageBase64(Checks.encoded(Checks.sample("idcard.png")));
        card.setCardSide("FRONT");
        var found = client.IDCardOCR(card);
        String seen = found.getName() + " " + found.getIdNum();
        Checks.read("read by IDCardOCR", seen, "张伟", "440300199001120000");
        var table = new RecognizeTableAccurateOCRRequest();
        table.setImageBase64(Checks.encoded(Checks.sample("table.png")));
        String cells =
                Stream.of(client.RecognizeTableAccurateOCR(table).getTableDetections())
                        .flatMap(one -> Stream.of(one.getCells()))
                        .map(cell -> cell.getText())
                        .collect(Collectors.joining(" "));
        Checks.read("read by RecognizeTableAccurateOCR", cells, "66.00");
        card.setImageBase64(Checks.encoded(Checks.PICTURE));
        String none = "";
        try {
            none = client.IDCardOCR(card).getName();
        } catch (TencentCloudSDKException error) {
            none = error.getClass().getSimpleName() + " " + error.getErrorCode();
        }
        Checks.refused("no card", none, said + "FailedOperation.ImageNoIdCard");
    }

    private static String refusal(OcrClient client, Path path) throws IOException {
        try {
            return ask(client, path).toString();
        } catch (TencentCloudSDKException error) {
            return error.getClass().getSimpleName() + " " + error.getErrorCode();
        }
    }

    public static void main(String[] args) throws Exception {
        String id = Checks.value("TENCENT_CLOUD_SECRET_ID");
        String key = Checks.value("TENCENT_CLOUD_SECRET_KEY");
        String said = "TencentCloudSDKException ";
        OcrClient good = client(id, key);
        Checks.read(ask(good, Checks.PICTURE));
        documents(good, said);
        String wrong = refusal(client(id, Checks.spoilt(key)), Checks.PICTURE);
        Checks.refused("wrong secret", wrong, said + "AuthFailure.SignatureFailure");
        String bad = refusal(good, Checks.NOT_A_PICTURE);
        Checks.refused("bad picture", bad, said + "FailedOperation.ImageDecodeFailed");
        OcrClient poor =
                client(
                        Checks.usedUp("TENCENT_CLOUD_SECRET_ID"),
                        Checks.usedUp("TENCENT_CLOUD_SECRET_KEY"));
        String none = refusal(poor, Checks.PICTURE);
        Checks.refused("used up", none, said + "ResourceUnavailable.ResourcePackageRunOut");
        Checks.end();
    }
}
