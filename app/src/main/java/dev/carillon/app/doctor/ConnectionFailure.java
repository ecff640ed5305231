package dev.carillon.app.doctor;

import java.net.UnknownHostException;
import java.util.Objects;

/** Why there is no connection to a database, in one short sentence without a full stop. */
public final class ConnectionFailure {
    private ConnectionFailure() {}

    /** The driver appends its own advice, and hides an unknown host behind another exception. */
    public static String reason(Throwable failure) {
        return failure.getCause() instanceof UnknownHostException unknown
                ? "the host %s is unknown".formatted(unknown.getMessage())
                : Objects.toString(failure.getMessage(), "no reason given")
                        .strip()
                        .replaceFirst("[.] Check that .*$", "")
                        .replaceFirst("[.]$", "");
    }
}
