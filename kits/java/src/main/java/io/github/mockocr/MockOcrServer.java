package io.github.mockocr;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server of {@code MOCKOCR_URL}, or the one that this process starts. */
final class MockOcrServer {
  private static final int START_SECONDS = 60;
  private static final Pattern READY = Pattern.compile("mockocr \\S+ ready on (\\S+).*");
  private static String started;

  private MockOcrServer() {}

  static synchronized String url() {
    String given = System.getenv("MOCKOCR_URL");
    if (given != null && !given.isEmpty()) {
      return (given.contains("://") ? given : "http://" + given).replaceAll("/+$", "");
    }
    if (started == null) {
      String command = System.getenv("MOCKOCR_COMMAND");
      started = launch(command == null || command.isEmpty() ? "mockocr" : command);
    }
    return started;
  }

  static String launch(String command) {
    Process process;
    try {
      // it ends when its standard input closes, so also when this process is killed
      process = new ProcessBuilder(command, "serve", "--port", "0", "--stop-with-stdin").start();
    } catch (IOException error) {
      throw new ControlException(
          "mockocr does not start ("
              + error.getMessage()
              + "); install it (pip install mockocr), name it by MOCKOCR_COMMAND, or set MOCKOCR_URL"
              + " to a server that runs",
          error);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    CompletableFuture<String> first = drain(process.getInputStream(), true);
    CompletableFuture<String> last = drain(process.getErrorStream(), false);
    try {
      String line = first.get(START_SECONDS, TimeUnit.SECONDS);
      Matcher found = READY.matcher(line);
      if (found.matches()) {
        return found.group(1).replaceAll("/+$", "");
      }
      throw new ControlException(
          "mockocr ended before it was ready: " + last.get(START_SECONDS, TimeUnit.SECONDS), null);
    } catch (TimeoutException error) {
      process.destroy();
      throw new ControlException("mockocr was not ready after " + START_SECONDS + " s", error);
    } catch (ExecutionException error) {
      throw new ControlException("mockocr does not start: " + error.getMessage(), error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new ControlException("mockocr was not ready before the interruption", error);
    }
  }

  /** Read all that the server prints: its first line, or its last one at the end. */
  private static CompletableFuture<String> drain(InputStream stream, boolean first) {
    CompletableFuture<String> found = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              String kept = "";
              InputStreamReader text = new InputStreamReader(stream, StandardCharsets.UTF_8);
              try (BufferedReader lines = new BufferedReader(text)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  kept = line;
                  if (first) {
                    found.complete(line);
                  }
                }
              } catch (IOException error) {
                found.completeExceptionally(error);
              }
              found.complete(kept);
            },
            "mockocr");
    thread.setDaemon(true);
    thread.start();
    return found;
  }
}
