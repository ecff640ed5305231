package dev.carillon.core.kernel;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The versions of the public API, named after the date on which each became the newest. */
public enum ApiVersion {
    V2026_11_28(ApiVersion.NEWEST_NAME);

    /** The name of the newest version, for use in annotations. */
    public static final String NEWEST_NAME = "2026-11-28";

    /** The version in which events are stored. */
    public static final ApiVersion NEWEST = V2026_11_28;

    private final String wireName;

    ApiVersion(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The version with that name; empty if there is none. */
    public static Optional<ApiVersion> find(String wireName) {
        return Arrays.stream(values())
                .filter(version -> version.wireName.equals(wireName))
                .findFirst();
    }

    /** All versions, as text for messages. */
    public static String listed() {
        return Arrays.stream(values()).map(ApiVersion::wireName).collect(Collectors.joining(", "));
    }
}
