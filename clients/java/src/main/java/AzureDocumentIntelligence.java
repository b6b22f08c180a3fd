import com.azure.ai.documentintelligence.DocumentIntelligenceClient;
import com.azure.ai.documentintelligence.DocumentIntelligenceClientBuilder;
import com.azure.ai.documentintelligence.models.AnalyzeDocumentOptions;
import com.azure.ai.documentintelligence.models.AnalyzeResult;
import com.azure.ai.documentintelligence.models.DocumentTableCell;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** azure-ai-documentintelligence: a picture, a document and a table, by key. */
public final class AzureDocumentIntelligence {
    private static final String URL = Checks.value("AZURE_URL");

    private static DocumentIntelligenceClientBuilder builder(String key) {
        // docs: begin
        return new DocumentIntelligenceClientBuilder()
                .endpoint(URL)
                .credential(new AzureKeyCredential(key));
        // docs: end
    }

    private static DocumentIntelligenceClient client(String key) {
        return builder(key).buildClient();
    }

    private static DocumentIntelligenceClient throttled(String key) {
        var fault = new Header("X-Mockocr-Fault", "error=rate_limited");
        return builder(key)
                .retryOptions(new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(100))))
                .clientOptions(new ClientOptions().setHeaders(List.of(fault)))
                .buildClient();
    }

    private static AnalyzeResult analyze(DocumentIntelligenceClient client, Path path, String model)
            throws IOException {
        var options = new AnalyzeDocumentOptions(Files.readAllBytes(path));
        var poller = client.beginAnalyzeDocument(model, options);
        return poller.setPollInterval(Duration.ofMillis(100)).getFinalResult();
    }

    private static String lines(AnalyzeResult result) {
        return result.getPages().stream()
                .flatMap(page -> page.getLines().stream())
                .map(line -> line.getContent())
                .collect(Collectors.joining(" / "));
    }

    private static String refusal(DocumentIntelligenceClient client, Path path) throws IOException {
        try {
            return lines(analyze(client, path, "prebuilt-read"));
        } catch (HttpResponseException error) {
            int status = error.getResponse().getStatusCode();
            return error.getClass().getSimpleName() + " " + status;
        }
    }

    public static void main(String[] args) throws Exception {
        String key = Checks.value("AZURE_KEY");
        DocumentIntelligenceClient good = client(key);
        Checks.read(List.of(lines(analyze(good, Checks.PICTURE, "prebuilt-read"))));
        String document = lines(analyze(good, Checks.DOCUMENT, "prebuilt-read"));
        Checks.read("document", document, "Invoice", "1280.50");
        var table = analyze(good, Checks.sample("table.png"), "prebuilt-layout").getTables().get(0);
        String cells =
                table.getCells().stream()
                        .map(DocumentTableCell::getContent)
                        .collect(Collectors.joining(" / "));
        Checks.read("table", cells, "66.00", "14.40");
        String wrong = refusal(client(Checks.spoilt(key)), Checks.PICTURE);
        Checks.refused("wrong secret", wrong, "ClientAuthenticationException 401");
        String bad = refusal(good, Checks.NOT_A_PICTURE);
        Checks.refused("bad picture", bad, "HttpResponseException 400");
        String none = refusal(client(Checks.usedUp("AZURE_KEY")), Checks.PICTURE);
        Checks.refused("used up", none, "HttpResponseException 403");
        String slow = refusal(throttled(key), Checks.PICTURE);
        Checks.refused("throttled", slow, "HttpResponseException 429");
        Checks.end();
    }
}
