package io.github.mockocr;

import java.util.Map;

/**
 * A row of the server's journal.
 *
 * @param status the HTTP status; 0 if the connection was cut
 * @param code the vendor's own code
 * @param why why the request was refused, in one sentence
 * @param problem the neutral kind of the refusal: {@code quota_exceeded}, {@code bad_signature} …
 */
public record Request(
    String id,
    String at,
    String vendor,
    String operation,
    String account,
    String method,
    String target,
    int status,
    String code,
    double seconds,
    String why,
    String problem,
    String fault) {

  static Request of(Map<String, Object> row) {
    return new Request(
        (String) row.get("id"),
        (String) row.get("at"),
        (String) row.get("vendor"),
        (String) row.get("operation"),
        (String) row.get("account"),
        (String) row.get("method"),
        (String) row.get("target"),
        ((Number) row.get("status")).intValue(),
        (String) row.get("code"),
        ((Number) row.get("seconds")).doubleValue(),
        (String) row.get("why"),
        (String) row.get("problem"),
        (String) row.get("fault"));
  }
}
