package io.github.mockocr;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The control API of one server. */
record Remote(String base) {
  /** Control requests go to the server itself, whatever proxy the tests use. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(ProxySelector.of(null))
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** The decoded answer, null if it is empty. */
  Object call(String method, String path, Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/_mockocr" + path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    String token = System.getenv("MOCKOCR_CONTROL_TOKEN");
    if (token != null && !token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response;
    try {
      response = CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException error) {
      throw new ControlException(base + " does not answer: " + error.getMessage(), error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new ControlException(base + " did not answer before the interruption", error);
    }
    if (response.statusCode() >= 300) {
      throw new ControlException(
          method + " " + path + ": " + response.statusCode() + ": " + sentence(response.body()), null);
    }
    return response.body().isEmpty() ? null : Json.read(response.body());
  }

  private static String sentence(String body) {
    try {
      return String.valueOf(Json.object(Json.read(body)).getOrDefault("error", body));
    } catch (IllegalArgumentException | ClassCastException error) {
      return body;
    }
  }
}
