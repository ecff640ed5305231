package dev.carillon.core.platform;

import java.util.Map;

/** Tokens of one account, by the connector's own names. {@code toString} shows the names and no value. */
public record Credentials(Map<String, String> values) {
    public static final Credentials NONE = new Credentials(Map.of());

    public Credentials {
        values = Map.copyOf(values);
    }

    /**
     * The value of this name.
     *
     * @throws IllegalStateException when there is none, which is a fault of the room that stored them
     */
    public String get(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no credential named " + name);
        }
        return value;
    }

    @Override
    public String toString() {
        return "Credentials" + values.keySet();
    }
}
