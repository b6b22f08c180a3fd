import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.rpc.ApiException;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.vision.v1.AnnotateFileRequest;
import com.google.cloud.vision.v1.AnnotateImageRequest;
import com.google.cloud.vision.v1.Feature;
import com.google.cloud.vision.v1.Image;
import com.google.cloud.vision.v1.ImageAnnotatorClient;
import com.google.cloud.vision.v1.ImageAnnotatorSettings;
import com.google.cloud.vision.v1.InputConfig;
import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** google-cloud-vision: over gRPC, with a service account's key file. */
public final class GoogleVision {
    private static final String ENDPOINT = endpoint();

    private static String endpoint() {
        String found = Checks.value("GOOGLE_GRPC_URL").replace("https://", "");
        return found.contains(":") ? found : found + ":443";
    }

    private static ImageAnnotatorClient client(byte[] keyFile) throws IOException {
        var stream = new ByteArrayInputStream(keyFile);
        // docs: begin
        var key = FixedCredentialsProvider.create(ServiceAccountCredentials.fromStream(stream));
        var settings = ImageAnnotatorSettings.newBuilder().setCredentialsProvider(key);
        return ImageAnnotatorClient.create(settings.setEndpoint(ENDPOINT).build());
        // docs: end
    }

    private static List<String> ask(ImageAnnotatorClient client, Path path) throws IOException {
        var image = Image.newBuilder().setContent(ByteString.copyFrom(Files.readAllBytes(path)));
        var feature = Feature.newBuilder().setType(Feature.Type.TEXT_DETECTION);
        var entry = AnnotateImageRequest.newBuilder().setImage(image).addFeatures(feature).build();
        var found = client.batchAnnotateImages(List.of(entry)).getResponses(0);
        if (found.hasError()) {
            var error = found.getError();
            return List.of("error " + error.getCode() + " " + error.getMessage());
        }
        return List.of(found.getFullTextAnnotation().getText());
    }

    private static List<String> readDocument(ImageAnnotatorClient client) throws IOException {
        var content = ByteString.copyFrom(Files.readAllBytes(Checks.DOCUMENT));
        var config = InputConfig.newBuilder().setContent(content).setMimeType("application/pdf");
        var feature = Feature.newBuilder().setType(Feature.Type.DOCUMENT_TEXT_DETECTION);
        var entry =
                AnnotateFileRequest.newBuilder().setInputConfig(config).addFeatures(feature).build();
        var found = client.batchAnnotateFiles(List.of(entry)).getResponses(0);
        return found.getResponsesList().stream()
                .map(page -> page.getFullTextAnnotation().getText())
                .collect(Collectors.toList());
    }

    private static String refusal(ImageAnnotatorClient client, Path path) throws IOException {
        try {
            return String.join(" ", ask(client, path));
        } catch (ApiException error) {
            return error.getClass().getSimpleName() + " " + error.getReason();
        }
    }

    public static void main(String[] args) throws Exception {
        byte[] keyFile = Files.readAllBytes(Path.of(Checks.value("GOOGLE_KEY_FILE")));
        ImageAnnotatorClient good = client(keyFile);
        Checks.read(ask(good, Checks.PICTURE));
        String page = String.join(" / ", readDocument(good));
        Checks.read("read a document", page, "发票", "Invoice", "1280.50");
        Checks.failsOnce("google.images_annotate");
        String again = String.join(" / ", ask(good, Checks.PICTURE));
        Checks.read("read in spite of a failure", again, "发票", "Invoice", "1280.50");
        Checks.retried("google.images_annotate");
        // the id of a key that the service account does not have
        String id = "(?<=\"private_key_id\": \")[0-9a-f]+";
        byte[] spoilt = new String(keyFile).replaceAll(id, "0".repeat(40)).getBytes();
        String wrong = refusal(client(spoilt), Checks.PICTURE);
        String unauthenticated = "UnauthenticatedException ACCESS_TOKEN_TYPE_UNSUPPORTED";
        Checks.refused("wrong secret", wrong, unauthenticated);
        String bad = refusal(good, Checks.NOT_A_PICTURE);
        Checks.refused("bad picture", bad, "error 3 Bad image data.");
        byte[] poor = Files.readAllBytes(Path.of(Checks.usedUp("GOOGLE_KEY_FILE")));
        String none = refusal(client(poor), Checks.PICTURE);
        Checks.refused("used up", none, "ResourceExhaustedException RATE_LIMIT_EXCEEDED");
        Checks.end();
    }
}
