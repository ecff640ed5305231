package dev.carillon.core.platform;

import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt did not publish, for the caller to see.
 *
 * @param code from the one catalogue
 * @param message in our words: what was wrong and how to mend it
 * @param platformMessage the platform's own text, kept as it came, at most 1,000 characters
 */
@Serdeable
public record Failure(
        ErrorCode code, String message, @Nullable String platformMessage) {
    private static final int KEPT = 1000;

    public Failure {
        if (platformMessage != null && platformMessage.length() > KEPT) {
            platformMessage = platformMessage.substring(0, KEPT);
        }
    }

    public static Failure of(ErrorCode code, String message) {
        return new Failure(code, message, null);
    }

    public static Failure of(ErrorCode code, String message, String platformMessage) {
        return new Failure(code, message, platformMessage);
    }
}
