package io.github.mockocr;

import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A mockocr server in a container. It needs Testcontainers, which this kit does not bring. */
public class MockOcrContainer extends GenericContainer<MockOcrContainer> {
  private static final int PORT = 8080;

  /** The image {@code mockocr}. */
  public MockOcrContainer() {
    this(DockerImageName.parse("mockocr"));
  }

  /** An image of mockocr: {@code mockocr-slim}, a version of it, or one of your own registry. */
  public MockOcrContainer(DockerImageName image) {
    super(image);
    addExposedPort(PORT);
    // the address of the mapped port is no local name where the containers run on another machine
    addEnv("MOCKOCR_CONTROL_HOSTS", "*");
    setWaitStrategy(
        Wait.forHttp("/_mockocr/livez").forPort(PORT).withStartupTimeout(Duration.ofSeconds(60)));
  }

  /** The base URL for the client under test. */
  public String url() {
    return "http://" + getHost() + ":" + getMappedPort(PORT);
  }

  /** A fresh account on the server. */
  public MockOcr account() {
    return MockOcr.on(url());
  }
}
