package io.github.mockocr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps, lists, strings, numbers, booleans and null. Written here because the JDK has no reader
 * and this kit brings no dependency into the tests of others.
 */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** The value of a JSON text; IllegalArgumentException if it is none. */
  static Object read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.blanks();
    if (json.at < text.length()) {
      throw json.wrong("nothing more");
    }
    return value;
  }

  static String write(Object value) {
    StringBuilder written = new StringBuilder();
    write(value, written);
    return written.toString();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  static Map<String, String> strings(Object value) {
    Map<String, String> found = new LinkedHashMap<>();
    object(value).forEach((name, text) -> found.put(name, String.valueOf(text)));
    return found;
  }

  private static void write(Object value, StringBuilder to) {
    if (value instanceof String text) {
      quote(text, to);
    } else if (value instanceof Map<?, ?> map) {
      String before = "{";
      to.append(map.isEmpty() ? before : "");
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        to.append(before);
        quote(String.valueOf(entry.getKey()), to);
        to.append(':');
        write(entry.getValue(), to);
        before = ",";
      }
      to.append('}');
    } else if (value instanceof List<?> list) {
      to.append('[');
      for (int i = 0; i < list.size(); i++) {
        to.append(i > 0 ? "," : "");
        write(list.get(i), to);
      }
      to.append(']');
    } else {
      to.append(value);
    }
  }

  private static void quote(String text, StringBuilder to) {
    to.append('"');
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        to.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c)) {
        to.append(String.format("\\u%04x", (int) c));
      } else {
        to.append(c);
      }
    }
    to.append('"');
  }

  private Object value() {
    blanks();
    if (at >= text.length()) {
      throw wrong("a value");
    }
    switch (text.charAt(at)) {
      case '{':
        return map();
      case '[':
        return array();
      case '"':
        return string();
      case 't':
        return word("true", Boolean.TRUE);
      case 'f':
        return word("false", Boolean.FALSE);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private Map<String, Object> map() {
    Map<String, Object> found = new LinkedHashMap<>();
    at++;
    if (takes('}')) {
      return found;
    }
    do {
      blanks();
      String name = string();
      expect(':');
      found.put(name, value());
    } while (takes(','));
    expect('}');
    return found;
  }

  private List<Object> array() {
    List<Object> found = new ArrayList<>();
    at++;
    if (takes(']')) {
      return found;
    }
    do {
      found.add(value());
    } while (takes(','));
    expect(']');
    return found;
  }

  private String string() {
    expect('"');
    StringBuilder found = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c != '\\') {
        found.append(c);
        continue;
      }
      if (at >= text.length()) {
        throw wrong("an escape");
      }
      char escape = text.charAt(at++);
      int plain = "bfnrt".indexOf(escape);
      if (plain >= 0) {
        found.append("\b\f\n\r\t".charAt(plain));
      } else if (escape == 'u' && at + 4 <= text.length()) {
        found.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
        at += 4;
      } else {
        found.append(escape);
      }
    }
    expect('"');
    return found.toString();
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (start == at) {
      throw wrong("a value");
    }
    return Double.valueOf(text.substring(start, at));
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return value;
  }

  private boolean takes(char wanted) {
    blanks();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!takes(wanted)) {
      throw wrong("'" + wanted + "'");
    }
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException("not JSON: " + wanted + " is expected at " + at);
  }
}
