package io.github.mockocr;

import java.util.Map;

/**
 * Which requests a fault or an answer applies to.
 *
 * @param times how many; null means no limit
 * @param after how many it skips first
 */
public record Rule(Integer times, int after) {
  /** The next request. */
  public static Rule once() {
    return new Rule(1, 0);
  }

  /** The next requests. */
  public static Rule times(int times) {
    return new Rule(times, 0);
  }

  /** All requests from now on. */
  public static Rule always() {
    return new Rule(null, 0);
  }

  /** The same after so many requests. */
  public Rule after(int requests) {
    return new Rule(times, requests);
  }

  void addTo(Map<String, Object> document) {
    document.put("times", times);
    document.put("after", after);
  }
}
