import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.textract.TextractClient;
import software.amazon.awssdk.services.textract.model.Block;
import software.amazon.awssdk.services.textract.model.BlockType;
import software.amazon.awssdk.services.textract.model.Document;
import software.amazon.awssdk.services.textract.model.FeatureType;
import software.amazon.awssdk.services.textract.model.TextractException;

/** AWS SDK for Java 2: DetectDocumentText and AnalyzeDocument. */
public final class AwsTextract {
    private static final String OPERATION = "aws.detect_document_text";

    private static TextractClient client(String keyId, String secret) {
        var endpoint = URI.create(Checks.value("AWS_TEXTRACT_URL"));
        var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret));
        // docs: begin
        var builder = TextractClient.builder().credentialsProvider(keys);
        return builder.endpointOverride(endpoint).region(Region.US_EAST_1).build();
        // docs: end
    }

    private static Document document(Path path) {
        try {
            var data = java.nio.file.Files.readAllBytes(path);
            return Document.builder().bytes(SdkBytes.fromByteArray(data)).build();
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }

    private static String ask(TextractClient client, Path path) {
        var answer = client.detectDocumentText(request -> request.document(document(path)));
        return texts(answer.blocks(), BlockType.LINE);
    }

    private static String texts(List<Block> blocks, BlockType kind) {
        return blocks.stream()
                .filter(block -> block.blockType() == kind)
                .map(Block::text)
                .collect(Collectors.joining(" / "));
    }

    private static String refusal(TextractClient client, Path path) {
        try {
            return ask(client, path);
        } catch (TextractException error) {
            String code = error.awsErrorDetails().errorCode();
            String name = error.getClass().getSimpleName();
            return name + " " + code + " after " + error.numAttempts();
        }
    }

    public static void main(String[] args) throws Exception {
        String id = Checks.value("AWS_ACCESS_KEY_ID");
        String key = Checks.value("AWS_SECRET_ACCESS_KEY");
        TextractClient good = client(id, key);
        String[] truth = {"发票", "Invoice", "1280.50"};
        Checks.read("read", ask(good, Checks.PICTURE), truth);
        Checks.read("read a PDF", ask(good, Path.of(Checks.value("DOCUMENT"))), truth);
        var table = Checks.sample("table.png");
        var found =
                good.analyzeDocument(
                        request ->
                                request.document(document(table))
                                        .featureTypes(FeatureType.TABLES));
        long cells = found.blocks().stream().filter(b -> b.blockType() == BlockType.CELL).count();
        Checks.refused("read a table", cells + " cells", "9 cells");
        Checks.failsOnce(OPERATION, "ThrottlingException");
        Checks.read("read after throttling", ask(good, Checks.PICTURE), truth);
        Checks.retried(OPERATION, "400 200");
        String wrong = refusal(client(id, Checks.spoilt(key)), Checks.PICTURE);
        Checks.refused("wrong secret", wrong, "TextractException InvalidSignatureException after 1");
        String code = "UnsupportedDocumentException";
        String bad = refusal(good, Checks.NOT_A_PICTURE);
        Checks.refused("bad picture", bad, code + " " + code + " after 1");
        TextractClient poor =
                client(
                        Checks.usedUp("AWS_ACCESS_KEY_ID"),
                        Checks.usedUp("AWS_SECRET_ACCESS_KEY"));
        code = "ProvisionedThroughputExceededException";
        Checks.refused("used up", refusal(poor, Checks.PICTURE), code + " " + code + " after 4");
        Checks.end();
    }
}
