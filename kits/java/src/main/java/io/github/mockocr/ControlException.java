package io.github.mockocr;

/** A control request failed: the server could not be reached, or refused it with this sentence. */
public final class ControlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ControlException(String message, Throwable cause) {
    super(message, cause);
  }
}
