import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Prints what a client made of an answer, one line per check, and whether that was right. */
final class Checks {
    static final Path PICTURE = sample("hello.png");
    static final Path NOT_A_PICTURE = Path.of(value("NOT_A_PICTURE"));
    static final Path DOCUMENT = Path.of(value("DOCUMENT"));
    private static boolean wrong;

    private Checks() {}

    /** A credential or an address, as clients/README.md names them. */
    static String value(String name) {
        String found = System.getenv(name);
        if (found == null) {
            throw new IllegalStateException(name + " is not set");
        }
        return found;
    }

    /** The same credential of the account that has no calls left. */
    static String usedUp(String name) {
        return value("USED_UP_" + name);
    }

    static Path sample(String name) {
        return Path.of(value("SAMPLES"), name);
    }

    static String spoilt(String secret) {
        return secret.substring(0, secret.length() - 1) + "x";
    }

    static String encoded(Path path) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(path));
    }

    /** The text of the sample picture must be in what the client gave. */
    static void read(List<String> lines) {
        read("read", String.join(" / ", lines), "发票", "Invoice", "1280.50");
    }

    /** The words must be in what the client gave. */
    static void read(String check, String seen, String... words) {
        report(check, seen, Stream.of(words).allMatch(seen.replace(" ", "")::contains));
    }

    /** What the client says of a refusal: its exception and the vendor's code. */
    static void refused(String check, String seen, String wanted) {
        report(check, seen, seen.equals(wanted));
    }

    /** Make the next request of the operation fail as while the vendor is not available. */
    static void failsOnce(String operation) throws IOException {
        failsOnce(operation, "unavailable");
    }

    /** Make the next request of the operation fail by an error. */
    static void failsOnce(String operation, String error) throws IOException {
        String body = "{\"operation\":\"%s\",\"fault\":\"error=%s\",\"times\":1}";
        control("/faults", String.format(body, operation, error));
    }

    /** Lets the next request of the operation read a document of the kind with these fields. */
    static void readsOnce(String operation, String kind, String fields) throws IOException {
        String rule = "{\"operation\":\"%s\",\"kind\":\"%s\",\"fields\":%s,\"times\":1}";
        control("/answers", String.format(rule, operation, kind, fields));
    }

    /** The same for a request that failed with 503. */
    static void retried(String operation) throws IOException {
        retried(operation, "503 200");
    }

    /** The journal must have the failed request and the client's own second one. */
    static void retried(String operation, String wanted) throws IOException {
        String found = control("/requests?limit=2&operation=" + operation, null);
        var statuses = Pattern.compile("\"status\": ?(\\d+)").matcher(found);
        String seen = "";
        while (statuses.find()) {
            seen = statuses.group(1) + (seen.isEmpty() ? "" : " " + seen);
        }
        report("retried", seen, seen.equals(wanted));
    }

    private static String control(String path, String body) throws IOException {
        var url = new URL(value("CONTROL_URL") + "/_mockocr" + path);
        var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        connection.setRequestProperty("Content-Type", "application/json");
        if (body != null) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        try (var answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void end() {
        System.exit(wrong ? 1 : 0);
    }

    private static void report(String check, String seen, boolean right) {
        wrong |= !right;
        String line = check + "\t" + (right ? "right" : "WRONG") + "\t" + seen + "\n";
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
