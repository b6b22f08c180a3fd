import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.ocr.v1.model.RecognizeWebImageRequest;
import com.huaweicloud.sdk.ocr.v1.model.WebImageRequestBody;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.ocr.v20181119.OcrClient;
import com.tencentcloudapi.ocr.v20181119.models.GeneralBasicOCRRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program that uses the official SDKs of Tencent and Huawei, and the vendors' own URLs. */
public final class Caller {
    private static final String HUAWEI = "https://ocr.cn-north-4.myhuaweicloud.com";

    /** The lines that Tencent read, or its error code. */
    private static String tencent(String picture, String secretKey) {
        var credential = new Credential(System.getenv("TENCENT_SECRET_ID"), secretKey);
        var request = new GeneralBasicOCRRequest();
        request.setImageBase64(picture);
        try {
            var answer = new OcrClient(credential, "ap-guangzhou").GeneralBasicOCR(request);
            return Stream.of(answer.getTextDetections())
                    .map(line -> line.getDetectedText())
                    .collect(Collectors.joining(" | "));
        } catch (TencentCloudSDKException error) {
            return error.getErrorCode();
        }
    }

    /** The lines that Huawei read. */
    private static String huawei(String picture) {
        var credentials =
                new BasicCredentials()
                        .withAk(System.getenv("HUAWEI_AK"))
                        .withSk(System.getenv("HUAWEI_SK"))
                        .withProjectId(System.getenv("HUAWEI_PROJECT_ID"));
        var builder = com.huaweicloud.sdk.ocr.v1.OcrClient.newBuilder();
        var client = builder.withCredential(credentials).withEndpoint(HUAWEI).build();
        var body = new WebImageRequestBody().withImage(picture);
        var answer = client.recognizeWebImage(new RecognizeWebImageRequest().withBody(body));
        return answer.getResult().getWordsBlockList().stream()
                .map(block -> block.getWords())
                .collect(Collectors.joining(" | "));
    }

    public static void main(String[] args) throws IOException {
        String picture = Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(args[0])));
        String key = System.getenv("TENCENT_SECRET_KEY");
        System.out.println("tencent: " + tencent(picture, key));
        String wrong = key.substring(0, key.length() - 1) + "x";
        System.out.println("tencent, wrong key: " + tencent(picture, wrong));
        System.out.println("huawei: " + huawei(picture));
    }
}
