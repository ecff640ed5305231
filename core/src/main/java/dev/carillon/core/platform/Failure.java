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
 * @param trouble whose trouble it was, where the code does not say it by itself; callers do not see it
 */
@Serdeable
public record Failure(
        ErrorCode code,
        String message,
        @Nullable String platformMessage,
        @Nullable FailureClass trouble) {
    private static final int KEPT = 1000;

    public Failure {
        if (platformMessage != null && platformMessage.length() > KEPT) {
            platformMessage = platformMessage.substring(0, KEPT);
        }
    }

    public static Failure of(ErrorCode code, String message) {
        return new Failure(code, message, null, null);
    }

    public static Failure of(ErrorCode code, String message, String platformMessage) {
        return new Failure(code, message, platformMessage, null);
    }

    /** The same, known to be somebody's trouble. */
    public Failure as(FailureClass known) {
        return known == failureClass() ? this : new Failure(code, message, platformMessage, known);
    }

    /** Whose trouble it was. */
    public FailureClass failureClass() {
        return trouble == null ? FailureClass.of(code) : trouble;
    }
}
