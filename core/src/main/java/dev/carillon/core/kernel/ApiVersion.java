package dev.carillon.core.kernel;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The versions of the public API, by the date on which each became the newest. */
public enum ApiVersion {
    V2026_11_28(ApiVersion.NEWEST_NAME);

    /** The name of the newest, for annotations. */
    public static final String NEWEST_NAME = "2026-11-28";

    /** The one in which events are written down. */
    public static final ApiVersion NEWEST = V2026_11_28;

    private final String wireName;

    ApiVersion(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The version of that name; empty where there is none. */
    public static Optional<ApiVersion> find(String wireName) {
        return Arrays.stream(values())
                .filter(version -> version.wireName.equals(wireName))
                .findFirst();
    }

    /** All of them, for people. */
    public static String listed() {
        return Arrays.stream(values()).map(ApiVersion::wireName).collect(Collectors.joining(", "));
    }
}
