package io.github.mockocr;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fresh account on a mockocr server. Its faults, answers, quotas and clock touch no other account, so
 * tests can run in parallel. A control request that the server refuses throws {@link ControlException}.
 *
 * <p>Operations are {@code vendor.operation}, {@code vendor.*} or {@code *}.
 */
public final class MockOcr implements AutoCloseable {
  private final Remote remote;
  private final String account;
  private final Map<String, Map<String, String>> credentials;

  private MockOcr(Remote remote, String account, Map<String, Map<String, String>> credentials) {
    this.remote = remote;
    this.account = account;
    this.credentials = credentials;
  }

  /**
   * A fresh account on the server of {@code MOCKOCR_URL}, or on one that is started once for this
   * process by the command {@code mockocr}.
   */
  public static MockOcr start() {
    return on(MockOcrServer.url());
  }

  /** A fresh account on the server with that URL. */
  public static MockOcr on(String url) {
    Remote remote = new Remote(url);
    Map<String, Object> created = Json.object(remote.call("POST", "/accounts", Map.of()));
    Map<String, Map<String, String>> credentials = new LinkedHashMap<>();
    Json.object(created.get("credentials"))
        .forEach((vendor, fields) -> credentials.put(vendor, Json.strings(fields)));
    return new MockOcr(remote, (String) created.get("name"), Map.copyOf(credentials));
  }

  /** The URL of the server: the base URL of the client under test. */
  public String url() {
    return remote.base();
  }

  public String account() {
    return account;
  }

  /** The credentials of the account at a vendor: {@code credentials("tencent").get("secret_id")}. */
  public Map<String, String> credentials(String vendor) {
    Map<String, String> found = credentials.get(vendor);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no vendor " + vendor + "; there are " + String.join(", ", credentials.keySet()));
    }
    return found;
  }

  /** Queue a fault for the next request: {@code error=quota_exceeded}, {@code delay=0.2} … */
  public String fail(String operation, String fault) {
    return fail(operation, fault, Rule.once());
  }

  /** Queue a fault for the requests that the rule selects; returns its id. */
  public String fail(String operation, String fault, Rule rule) {
    return queue("/faults", operation, Map.of("fault", fault), rule);
  }

  /** Queue the lines that the next picture contains, without recognition. */
  public String answers(String operation, String... lines) {
    return answers(operation, List.of(lines), Rule.once());
  }

  /** Queue lines for the requests that the rule selects; returns their id. */
  public String answers(String operation, List<String> lines, Rule rule) {
    return queue("/answers", operation, Map.of("lines", lines), rule);
  }

  /** Queue the fields of the card, licence or invoice that the operation finds in the next picture. */
  public String answersFields(String operation, Map<String, String> fields) {
    return queue("/answers", operation, Map.of("fields", fields), Rule.once());
  }

  private String queue(String path, String operation, Map<String, ?> what, Rule rule) {
    Map<String, Object> document = new LinkedHashMap<>(what);
    document.put("operation", operation);
    document.put("account", account);
    rule.addTo(document);
    return (String) Json.object(remote.call("POST", path, document)).get("id");
  }

  /** Let the account have so many more billed requests. */
  public void quota(String operation, int left) {
    limits(operation, Map.of("left", left));
  }

  /** Set the limits {@code left}, {@code per_second} and {@code per_day}; null removes one. */
  public void limits(String operation, Map<String, Integer> limits) {
    remote.call("PUT", "/quotas/" + part(account) + "/" + part(operation), limits);
  }

  /** The requests of the account, newest first. */
  public List<Request> requests() {
    return rows("");
  }

  /** The requests of the account to the operation, newest first. */
  public List<Request> requests(String operation) {
    return rows("&operation=" + part(operation));
  }

  /** The requests of the account that the server refused, newest first. */
  public List<Request> refused() {
    return rows("&refused=true");
  }

  private List<Request> rows(String filter) {
    Object answer = remote.call("GET", "/requests?account=" + part(account) + filter, null);
    return Json.list(Json.object(answer).get("requests")).stream()
        .map(row -> Request.of(Json.object(row)))
        .toList();
  }

  /** Stop the account's clock at a time. */
  public void freezeClock(Instant at) {
    clock(Map.of("now", at.toString()));
  }

  /** Move the account's clock. */
  public void advanceClock(Duration by) {
    clock(Map.of("advance", by.toMillis() / 1000.0));
  }

  /** Return the account to real time. */
  public void releaseClock() {
    clock(Map.of());
  }

  private void clock(Map<String, ?> setting) {
    Map<String, Object> document = new LinkedHashMap<>(setting);
    document.put("account", account);
    remote.call("PUT", "/clock", document);
  }

  /**
   * A drawn document of the kind ({@code id_card_front}, {@code vat_invoice} …). The same seed gives the
   * same document. Nobody and nothing in it exists.
   */
  public Specimen specimen(String kind, int seed) {
    Object answer = remote.call("GET", "/specimens/" + part(kind) + "?seed=" + seed, null);
    Map<String, Object> found = Json.object(answer);
    byte[] image = Base64.getDecoder().decode((String) found.get("image"));
    return new Specimen(image, Json.strings(found.get("fields")));
  }

  /** Delete the account with all that belongs to it. */
  @Override
  public void close() {
    remote.call("DELETE", "/accounts/" + part(account), null);
  }

  private static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
