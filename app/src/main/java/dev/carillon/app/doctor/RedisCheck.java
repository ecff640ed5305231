package dev.carillon.app.doctor;

import static dev.carillon.app.doctor.Finding.ok;
import static dev.carillon.app.doctor.Finding.problem;
import static dev.carillon.app.doctor.Finding.warning;

import dev.carillon.core.signal.RedisProbe;
import java.util.List;
import java.util.Objects;

/**
 * Whether the named Redis answers and is new enough. Carillon starts without Redis, so one that cannot be reached is
 * only a warning.
 *
 * @param url may contain a password, which is never shown
 */
public record RedisCheck(String url) implements Check {
    private static final String SUBJECT = "redis";
    private static final String SHAPE = "rediss?://([^@\\s]*@)?[^@/:\\s]+(:\\d{1,5})?(/\\d*)?";
    private static final List<Integer> OLDEST = List.of(6, 2);

    @Override
    public List<Finding> run() {
        if (!url.matches(SHAPE)) {
            return List.of(
                    problem(
                            SUBJECT,
                            "CARILLON_REDIS_URL is not a Redis URL. Write redis://host:6379 or redis://user:password@host:6379."));
        }
        try {
            return List.of(about(RedisProbe.version(url)));
        } catch (RedisProbe.Unreachable e) {
            return List.of(warning(
                    SUBJECT,
                    "%s cannot be reached: %s. Carillon starts without Redis, but reacts more slowly. Check that the server runs, and the address and password in CARILLON_REDIS_URL."
                            .formatted(place(), Objects.toString(e.getMessage()))));
        }
    }

    private Finding about(String version) {
        var text = "%s: version %s".formatted(place(), version);
        return isNewEnough(version)
                ? ok(SUBJECT, text)
                : problem(SUBJECT, text + "; Carillon needs 6.2 or newer, or Valkey. Upgrade the server.");
    }

    private static boolean isNewEnough(String version) {
        var parts = version.split("[.]", -1);
        int major = number(parts[0]);
        int minor = parts.length > 1 ? number(parts[1]) : 0;
        return major > OLDEST.getFirst() || (major == OLDEST.getFirst() && minor >= OLDEST.getLast());
    }

    private static int number(String text) {
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    }

    /** The address without the login. */
    private String place() {
        return url.replaceFirst("//.*@", "//");
    }

    @Override
    public String toString() {
        return "RedisCheck[" + place() + "]";
    }
}
