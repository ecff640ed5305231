package dev.carillon.app.settings;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A login for a database.
 *
 * @param jdbcUrl without credentials
 * @param password empty if the server asks for none; {@link #toString()} leaves it out
 */
public record DatabaseLogin(String jdbcUrl, String user, String password) {
    // The password may contain an unescaped @, so the last one before the path separates login and host.
    private static final Pattern SHAPE =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:(?<login>[^/?]*)@)?(?<hosts>[^/?@]+)/(?<database>[^?/]+)"
                    + "(?:\\?(?<query>.*))?");

    /**
     * Reads {@code postgresql://user:password@host/database} or
     * {@code jdbc:postgresql://host/database?user=…&password=…}.
     *
     * @param setting the variable that holds {@code url}, for the message
     * @throws StartRefused if it is neither, or names no user
     */
    public static DatabaseLogin parse(String setting, String url) {
        var parts = SHAPE.matcher(url.strip());
        if (!parts.matches()) {
            throw refused(setting, "is not a database URL");
        }
        try {
            return read(setting, parts);
        } catch (IllegalArgumentException e) {
            // The cause would repeat part of the password.
            throw refused(setting, "contains a percent sign that does not start an escape such as %40");
        }
    }

    private static DatabaseLogin read(String setting, Matcher parts) {
        var query = parameters(parts.group("query"));
        var user = query.remove("user");
        var password = query.remove("password");
        var login = parts.group("login");
        if (login != null) {
            int colon = login.indexOf(':');
            user = decoded(colon < 0 ? login : login.substring(0, colon));
            password = colon < 0 ? password : decoded(login.substring(colon + 1));
        }
        if (user == null || user.isEmpty()) {
            throw refused(setting, "has no user");
        }
        var place =
                "jdbc:postgresql://%s/%s%s".formatted(parts.group("hosts"), parts.group("database"), written(query));
        return new DatabaseLogin(place, user, password == null ? "" : password);
    }

    private static StartRefused refused(String setting, String reason) {
        return new StartRefused(
                "%s %s. Write postgresql://user:password@host:5432/database.".formatted(setting, reason));
    }

    /** Another login on the same database. */
    public DatabaseLogin as(String otherUser, String otherPassword) {
        return new DatabaseLogin(jdbcUrl, otherUser, otherPassword);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        return Arrays.stream(query == null ? new String[0] : query.split("&", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> pair.length == 1 ? "" : decoded(pair[1]),
                        (first, second) -> second,
                        TreeMap::new));
    }

    private static String written(Map<String, String> parameters) {
        var pairs = new ArrayList<String>();
        parameters.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static String decoded(String text) {
        // In a URL's login a plus sign is a plus sign.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return user + " at " + jdbcUrl;
    }
}
