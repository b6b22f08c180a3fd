package io.github.mockocr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.utility.DockerImageName;

@ExtendWith(MockOcrExtension.class)
class MockOcrTest {
  /** A picture of one pixel: the answers are scripted, so nothing reads it. */
  private static final String PIXEL =
      "data:image/gif;base64,R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=";

  private record Read(int status, String text) {}

  private static Read read(MockOcr mock) throws IOException, InterruptedException {
    String body =
        "apikey="
            + mock.credentials("ocr_space").get("apikey")
            + "&base64Image="
            + URLEncoder.encode(PIXEL, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(mock.url() + "/ocr_space/parse/image"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      return new Read(response.statusCode(), "");
    }
    Object first = Json.list(Json.object(Json.read(response.body())).get("ParsedResults")).get(0);
    return new Read(200, ((String) Json.object(first).get("ParsedText")).strip());
  }

  @Test
  void anOperationReturnsScriptedLines(MockOcr mock) throws Exception {
    mock.answers("ocr_space.parse_image", "发票号码 \"12345678\"");
    assertEquals(new Read(200, "发票号码 \"12345678\""), read(mock));
    Request row = mock.requests("ocr_space.parse_image").get(0);
    assertEquals(200, row.status());
    assertEquals(mock.account(), row.account());
  }

  @Test
  void aFaultAppliesTheTimesThatWereAsked(MockOcr mock) throws Exception {
    mock.answers("*", List.of("a"), Rule.always());
    mock.fail("ocr_space.*", "status=503", Rule.times(1).after(1));
    assertEquals(200, read(mock).status());
    assertEquals(503, read(mock).status());
    assertEquals(200, read(mock).status());
  }

  @Test
  void aUsedUpQuotaIsInTheJournalWithItsReason(MockOcr mock) throws Exception {
    mock.answers("*", List.of("a"), Rule.always());
    mock.quota("*", 1);
    read(mock);
    assertEquals(403, read(mock).status());
    Request row = mock.refused().get(0);
    assertEquals("quota_exceeded", row.problem());
    assertTrue(row.why().contains("has used up all 1 requests"), row.why());
  }

  @Test
  void accountsAreStrangersToEachOther(MockOcr mock) throws Exception {
    try (MockOcr other = MockOcr.start()) {
      other.fail("*", "status=500", Rule.always());
      mock.answers("*", "b");
      assertEquals(new Read(200, "b"), read(mock));
      assertEquals(List.of(), other.requests());
    }
  }

  @Test
  void theClockIsTheAccountsOwn(MockOcr mock) throws Exception {
    mock.freezeClock(Instant.parse("2030-01-02T03:04:05Z"));
    mock.answers("*", "a");
    read(mock);
    assertTrue(mock.requests().get(0).at().startsWith("2030-01-02T03:04:05"));
    mock.advanceClock(Duration.ofHours(1));
    mock.releaseClock();
  }

  @Test
  void aWrongOperationIsRefusedWithTheServersSentence(MockOcr mock) {
    var error =
        assertThrows(ControlException.class, () -> mock.fail("tencent.genral", "reset"));
    assertTrue(error.getMessage().contains("there is no operation 'tencent.genral'"));
  }

  @Test
  void aCommandThatIsMissingIsToldWithWhatToDo() {
    var error =
        assertThrows(ControlException.class, () -> MockOcrServer.launch("/nonexistent/mockocr"));
    assertTrue(error.getMessage().contains("pip install mockocr"), error.getMessage());
  }

  @Test
  void aContainerExposesThePortOfTheServer() {
    try (MockOcrContainer container =
        new MockOcrContainer(DockerImageName.parse("mockocr-slim:0.1.0"))) {
      assertEquals(List.of(8080), container.getExposedPorts());
      assertEquals("*", container.getEnvMap().get("MOCKOCR_CONTROL_HOSTS"));
    }
  }

  @Test
  void jsonIsReadAsItWasWritten() {
    Map<String, Object> value = Map.of("a\n\"b\"", List.of("发票 😀", 1.5, true, Map.of()));
    assertEquals(value, Json.read(Json.write(value)));
    assertEquals("é/", Json.read(" \"\\u00e9\\/\" "));
    for (String broken : List.of("", "{", "[1,]", "{\"a\" 1}", "nul", "\"", "1 2")) {
      assertThrows(IllegalArgumentException.class, () -> Json.read(broken), broken);
    }
  }

  /** Run by the test below, not by itself: its name is not that of a test. */
  @ExtendWith(MockOcrExtension.class)
  static class Failing {
    @Test
    void fails(MockOcr mock) throws Exception {
      mock.quota("*", 0);
      assertEquals(200, read(mock).status());
    }
  }

  @Test
  void aFailedTestTellsWhatWasRefused() {
    var events =
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(Failing.class)).execute();
    events.testEvents().assertStatistics(counts -> counts.started(1).failed(1));
    String entry =
        events.testEvents().reportingEntryPublished().stream()
            .map(event -> event.getPayload().orElseThrow().toString())
            .findFirst()
            .orElseThrow();
    assertTrue(entry.contains("ocr_space.parse_image 403: "), entry);
  }
}
