import java.io.File;
import java.util.List;
import me.chanjar.weixin.common.bean.ocr.WxOcrCommResult;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.common.service.WxOcrService;
import me.chanjar.weixin.common.util.http.apache.DefaultApacheHttpClientBuilder;
import me.chanjar.weixin.mp.api.impl.WxMpServiceImpl;
import me.chanjar.weixin.mp.config.WxMpHostConfig;
import me.chanjar.weixin.mp.config.impl.WxMpDefaultConfigImpl;

/** weixin-java-mp: the text of a file, and cards. */
public final class WeChatOcr {
    private static WxOcrService service(String appid, String secret) {
        String url = Checks.value("WECHAT_URL");
        var config = new WxMpDefaultConfigImpl();
        connect(config);
        config.setAppId(appid);
        config.setSecret(secret);
        // docs: begin
        var hosts = new WxMpHostConfig();
        hosts.setApiHost(url);
        config.setHostConfig(hosts);
        // docs: end
        var service = new WxMpServiceImpl();
        service.setWxMpConfigStorage(config);
        WxOcrService ocr = service.getOcrService();
        return ocr;
    }

    /** A proxy from Java's options, which the client does not read, and more than five seconds. */
    private static void connect(WxMpDefaultConfigImpl config) {
        String proxy = System.getProperty("https.proxyHost");
        if (proxy != null) {
            config.setHttpProxyHost(proxy);
            config.setHttpProxyPort(Integer.getInteger("https.proxyPort"));
        }
        var builder = DefaultApacheHttpClientBuilder.get();
        builder.setSoTimeout(60_000);
        config.setApacheHttpClientBuilder(builder);
    }

    private interface Call {
        Object make() throws WxErrorException;
    }

    private static String refusal(Call call) {
        try {
            return String.valueOf(call.make());
        } catch (WxErrorException error) {
            return "WxErrorException " + error.getError().getErrorCode();
        } catch (RuntimeException error) {
            boolean known = error.getCause() instanceof WxErrorException;
            return known
                    ? "WxRuntimeException "
                            + ((WxErrorException) error.getCause()).getError().getErrorCode()
                    : error.toString();
        }
    }

    public static void main(String[] args) throws Exception {
        String appid = Checks.value("WECHAT_APPID");
        String secret = Checks.value("WECHAT_SECRET");
        WxOcrService ocr = service(appid, secret);
        File picture = Checks.PICTURE.toFile();
        List<String> lines =
                ocr.comm(picture).getItems().stream().map(WxOcrCommResult.Items::getText).toList();
        Checks.read(lines);
        var identity = ocr.idCard(Checks.sample("idcard.png").toFile());
        Checks.read(
                "read an identity card",
                identity.getName() + " " + identity.getId(),
                "张伟",
                "440300199001120000");
        var bank = ocr.bankCard(Checks.sample("bankcard.png").toFile());
        Checks.read("read a bank card", bank.getNumber(), "6225000000000006");
        Checks.refused("no card", refusal(() -> ocr.idCard(picture)), "WxErrorException 101001");
        WxOcrService mistyped = service(appid, Checks.spoilt(secret));
        Checks.refused("wrong secret", refusal(() -> mistyped.comm(picture)), "WxErrorException 40125");
        String bad = refusal(() -> ocr.comm(Checks.NOT_A_PICTURE.toFile()));
        Checks.refused("bad picture", bad, "WxErrorException 101002");
        WxOcrService poor = service(Checks.usedUp("WECHAT_APPID"), Checks.usedUp("WECHAT_SECRET"));
        Checks.refused("used up", refusal(() -> poor.comm(picture)), "WxErrorException 101003");
        Checks.end();
    }
}
