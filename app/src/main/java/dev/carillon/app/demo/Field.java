package dev.carillon.app.demo;

import io.micronaut.json.tree.JsonNode;

/** Reads fields that may be missing. */
public final class Field {
    private Field() {}

    public static String text(JsonNode object, String name, String otherwise) {
        var field = object.get(name);
        return field != null && field.isString() ? field.getStringValue() : otherwise;
    }

    public static long number(JsonNode object, String name) {
        var field = object.get(name);
        return field != null && field.isNumber() ? field.getLongValue() : 0;
    }
}
