package io.github.mockocr;

import java.util.Map;

/**
 * A drawn document.
 *
 * @param image a PNG file
 * @param fields the fields that it shows, by name
 */
public record Specimen(byte[] image, Map<String, String> fields) {}
