package dev.carillon.connectors.bluesky;

/** {@code at://} addresses of records. */
final class RecordUri {
    private RecordUri() {}

    static String of(String did, String collection, String key) {
        return "at://%s/%s/%s".formatted(did, collection, key);
    }

    static String keyOf(String uri) {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }
}
