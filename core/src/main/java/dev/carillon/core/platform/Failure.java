package dev.carillon.core.platform;

import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt did not publish, as shown to the caller.
 *
 * @param code from the error catalogue
 * @param message in our words: what was wrong and how to fix it
 * @param platformMessage the platform's own text, unchanged except that it is cut to 1,000 characters
 * @param trouble the failure class, if the code alone does not determine it; not shown to callers
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

    /** The same failure with a known failure class. */
    public Failure as(FailureClass known) {
        return known == failureClass() ? this : new Failure(code, message, platformMessage, known);
    }

    /** Where the cause of the failure lies. */
    public FailureClass failureClass() {
        return trouble == null ? FailureClass.of(code) : trouble;
    }
}
