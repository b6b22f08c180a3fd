import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.ocr.v20181119.OcrClient;
import com.tencentcloudapi.ocr.v20181119.models.GeneralBasicOCRRequest;
import com.tencentcloudapi.ocr.v20181119.models.TextDetection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** tencentcloud-sdk-java-ocr: GeneralBasicOCR. */
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
