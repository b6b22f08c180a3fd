import com.qcloud.image.ImageClient;
import com.qcloud.image.exception.AbstractImageException;
import com.qcloud.image.request.GeneralOcrRequest;
import com.qcloud.image.request.IdcardDetectRequest;
import com.qcloud.image.request.NamecardDetectRequest;
import com.qcloud.image.request.OcrBankCardRequest;
import com.qcloud.image.request.OcrBizLicenseRequest;
import com.qcloud.image.request.OcrDrivingLicenceRequest;
import com.qcloud.image.request.OcrPlateRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;

/** qcloud-image-sdk: general OCR of a file. It speaks https alone. */
public final class TencentLegacy {
    private static final String HOST = Checks.value("TENCENT_URL").replace("https://", "");

    private static JSONObject ask(String appid, String secretId, String secretKey, Path path)
            throws AbstractImageException {
        // docs: begin
        var client = new ImageClient(appid, secretId, secretKey, HOST);
        var request = new GeneralOcrRequest("test", path.toFile());
        var answer = new JSONObject(client.generalOcr(request));
        // docs: end
        client.shutdown();
        return answer;
    }

    private static void cards(String appid, String secretId, String secretKey)
            throws AbstractImageException {
        var client = new ImageClient(appid, secretId, secretKey, HOST);
        File[] identity = {Checks.sample("idcard.png").toFile()};
        String found = client.idcardDetect(new IdcardDetectRequest("test", identity, 0));
        Checks.read("read an identity card", found, "张伟", "440300199001120000");
        File[] business = {Checks.sample("card.png").toFile()};
        found = client.namecardDetect(new NamecardDetectRequest("test", business, 0));
        Checks.read("read a business card", found, "张伟", "13800138000");
        File bank = Checks.sample("bankcard.png").toFile();
        found = client.ocrBankCard(new OcrBankCardRequest("test", bank));
        Checks.read("read a bank card", found, "6225000000000006");
        client.shutdown();
    }

    private static void licences(String appid, String secretId, String secretKey)
            throws AbstractImageException, IOException {
        var client = new ImageClient(appid, secretId, secretKey, HOST);
        String fields = "{\"name\":\"张三\",\"number\":\"110101199001121233\"}";
        File picture = Checks.PICTURE.toFile();
        Checks.readsOnce("tencent.drivinglicence", "driving_licence", fields);
        int type = OcrDrivingLicenceRequest.TYPE_DRIVER_LICENSE;
        String found =
                client.ocrDrivingLicence(new OcrDrivingLicenceRequest("test", type, picture));
        Checks.read("read a driving licence", found, "张三", "110101199001121233");
        Checks.readsOnce("tencent.plate", "licence_plate", "{\"number\":\"京A12345\"}");
        found = client.ocrPlate(new OcrPlateRequest("test", picture));
        Checks.read("read a number plate", found, "京A12345");
        Checks.readsOnce("tencent.bizlicense", "business_licence", fields);
        found = client.ocrBizLicense(new OcrBizLicenseRequest("test", picture));
        Checks.read("read a business licence", found, "张三", "110101199001121233");
        var none = new JSONObject(client.ocrPlate(new OcrPlateRequest("test", picture)));
        String seen = none.getInt("code") + " " + none.getString("message");
        Checks.refused("no card", seen, "-9702 PLATE_OCR_RECOG_FAILED");
        client.shutdown();
    }

    private static String refusal(String appid, String secretId, String secretKey, Path path)
            throws AbstractImageException {
        JSONObject answer = ask(appid, secretId, secretKey, path);
        return answer.getInt("code") + " " + answer.getString("message");
    }

    public static void main(String[] args) throws AbstractImageException, IOException {
        String appid = Checks.value("TENCENT_APPID");
        String id = Checks.value("TENCENT_SECRET_ID");
        String key = Checks.value("TENCENT_SECRET_KEY");
        List<String> lines = new ArrayList<>();
        var items = ask(appid, id, key, Checks.PICTURE).getJSONObject("data").getJSONArray("items");
        for (int index = 0; index < items.length(); index++) {
            lines.add(items.getJSONObject(index).getString("itemstring"));
        }
        Checks.read(lines);
        cards(appid, id, key);
        licences(appid, id, key);
        String wrong = refusal(appid, id, Checks.spoilt(key), Checks.PICTURE);
        Checks.refused("wrong secret", wrong, "14 sign no pass");
        String bad = refusal(appid, id, key, Checks.NOT_A_PICTURE);
        Checks.refused("bad picture", bad, "-1102 SDK_IMAGE_DECODE_FAILED");
        String none =
                refusal(
                        Checks.usedUp("TENCENT_APPID"),
                        Checks.usedUp("TENCENT_SECRET_ID"),
                        Checks.usedUp("TENCENT_SECRET_KEY"),
                        Checks.PICTURE);
        Checks.refused("used up", none, "25 resource has been used up");
        Checks.end();
    }
}
