import com.qcloud.image.ImageClient;
import com.qcloud.image.exception.AbstractImageException;
import com.qcloud.image.request.GeneralOcrRequest;
import com.qcloud.image.request.IdcardDetectRequest;
import com.qcloud.image.request.NamecardDetectRequest;
import com.qcloud.image.request.OcrBankCardRequest;
import java.io.File;
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

    private static String refusal(String appid, String secretId, String secretKey, Path path)
            throws AbstractImageException {
        JSONObject answer = ask(appid, secretId, secretKey, path);
        return answer.getInt("code") + " " + answer.getString("message");
    }

    public static void main(String[] args) throws AbstractImageException {
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
