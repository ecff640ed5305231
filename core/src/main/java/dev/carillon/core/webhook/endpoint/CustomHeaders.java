package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.WebhookEndpointId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Headers that an endpoint receives with each request in addition to Carillon's, which they cannot replace. Their
 * values may be secrets: they are stored sealed, and {@code toString} shows only the names.
 *
 * @param values by name, in the order in which they are sent
 */
public record CustomHeaders(Map<String, String> values) {
    public static final CustomHeaders NONE = new CustomHeaders(Map.of());
    public static final int MOST = 10;
    public static final int LONGEST_VALUE = 1_000;
    private static final int LONGEST_NAME = 64;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1," + LONGEST_NAME + "}");
    private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");
    private static final List<String> OUR_PREFIXES = List.of("webhook-", "content-", "proxy-");
    private static final Set<String> OURS = Set.of(
            "user-agent",
            "host",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "accept-encoding");

    public CustomHeaders {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /**
     * Refuses headers that cannot be sent.
     *
     * @throws ApiException {@code invalid_parameter}
     */
    void check() {
        if (values.size() > MOST) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "/headers", "headers has %d entries; at most %d are allowed.".formatted(values.size(), MOST));
        }
        var seen = new TreeSet<String>();
        values.forEach((name, value) -> {
            checkName(name);
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw at(name, "%s appears twice, in different case; send it once.".formatted(name));
            }
            checkValue(name, value);
        });
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "/headers",
                    "A header name must have 1 to %d characters: letters, digits and !#$%%&'*+-.^_`|~."
                            .formatted(LONGEST_NAME));
        }
        var lower = name.toLowerCase(Locale.ROOT);
        if (OURS.contains(lower) || OUR_PREFIXES.stream().anyMatch(lower::startsWith)) {
            throw at(
                    name,
                    "%s is set by Carillon or by the connection; use another name, such as X-%s."
                            .formatted(name, name));
        }
    }

    private static void checkValue(String name, String value) {
        if (value.length() > LONGEST_VALUE) {
            throw at(
                    name,
                    "The value of %s has %d characters; at most %d are allowed."
                            .formatted(name, value.length(), LONGEST_VALUE));
        }
        if (!VALUE.matcher(value).matches()) {
            throw at(
                    name,
                    "The value of %s must consist of visible ASCII characters, with spaces only between them."
                            .formatted(name));
        }
    }

    private static ApiException at(String name, String detail) {
        return ErrorCode.INVALID_PARAMETER.at(
                "/headers/" + name.replace("~", "~0").replace("/", "~1"), detail);
    }

    /** The purpose for which the headers are sealed. */
    public static String purpose(WebhookEndpointId endpoint) {
        return endpoint + "/headers";
    }

    @Override
    public String toString() {
        return "CustomHeaders" + names();
    }
}
