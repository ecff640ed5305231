package dev.carillon.core.net;

import static dev.carillon.core.net.OutboundFailure.Kind.CONNECT;
import static dev.carillon.core.net.OutboundFailure.Kind.CUT;
import static dev.carillon.core.net.OutboundFailure.Kind.DEADLINE;
import static dev.carillon.core.net.OutboundFailure.Kind.DNS;
import static dev.carillon.core.net.OutboundFailure.Kind.FORBIDDEN_ADDRESS;
import static dev.carillon.core.net.OutboundFailure.Kind.INTERRUPTED;
import static dev.carillon.core.net.OutboundFailure.Kind.TLS;

import dev.carillon.core.kernel.CausalChain;
import dev.carillon.core.net.address.ForbiddenAddressException;
import java.io.IOException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Translates OkHttp's exceptions into messages for the tenant. */
final class Failures {
    private Failures() {}

    static OutboundFailure of(IOException trouble, CallTrace trace, Deadline deadline, String place) {
        if (cameFrom(trouble, ForbiddenAddressException.class)) {
            return new OutboundFailure(FORBIDDEN_ADDRESS, place + " does not resolve to a public address.");
        }
        if (Thread.currentThread().isInterrupted()) {
            return new OutboundFailure(INTERRUPTED, "Carillon aborted the call to " + place + ".");
        }
        return trace.written() ? afterWriting(deadline, place) : beforeWriting(trouble, trace, deadline, place);
    }

    static OutboundFailure tooLate(String place) {
        return new OutboundFailure(DEADLINE, "The time limit passed before anything was sent to " + place + ".");
    }

    private static OutboundFailure afterWriting(Deadline deadline, String place) {
        return deadline.passed()
                ? new OutboundFailure(DEADLINE, place + " did not send a complete answer in time.")
                : new OutboundFailure(CUT, place + " ended the connection before sending a complete answer.");
    }

    private static OutboundFailure beforeWriting(
            IOException trouble, CallTrace trace, Deadline deadline, String place) {
        if (deadline.passed()) {
            return tooLate(place);
        }
        if (cameFrom(trouble, UnknownHostException.class)) {
            return new OutboundFailure(DNS, "The name of " + place + " could not be resolved.");
        }
        if (cameFrom(trouble, SSLException.class) || trace.inHandshake()) {
            return new OutboundFailure(
                    TLS,
                    "Could not open a secure connection to " + place
                            + ": its certificate or protocol was not accepted.");
        }
        return new OutboundFailure(CONNECT, "Could not connect to " + place + ".");
    }

    private static boolean cameFrom(Throwable trouble, Class<? extends Throwable> kind) {
        return CausalChain.of(trouble).anyMatch(kind::isInstance);
    }
}
