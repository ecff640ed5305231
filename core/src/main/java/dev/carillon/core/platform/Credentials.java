package dev.carillon.core.platform;

import java.util.Map;

/** Tokens of one account, by names that the connector chooses. {@code toString} shows the names but no values. */
public record Credentials(Map<String, String> values) {
    public static final Credentials NONE = new Credentials(Map.of());

    public Credentials {
        values = Map.copyOf(values);
    }

    /**
     * The value with this name.
     *
     * @throws IllegalStateException if there is none, which is a bug in the connector that stored them
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
