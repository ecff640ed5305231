package dev.carillon.core.net;

import static dev.carillon.core.net.OutboundFailure.Kind.BAD_URL;
import static dev.carillon.core.net.OutboundFailure.Kind.FORBIDDEN_ADDRESS;
import static dev.carillon.core.net.OutboundFailure.Kind.FORBIDDEN_PORT;

import dev.carillon.core.net.address.AllowList;
import dev.carillon.core.net.address.AllowedPorts;
import dev.carillon.core.net.address.PublicAddresses;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Checks the text of a URL, before it is stored and again before each call. The addresses of its name are checked at
 * each call, because they may change at any time.
 */
@Singleton
public final class OutboundUrls {
    private static final int LONGEST_URL = 2048;
    private static final List<String> LOCAL_NAMES =
            List.of(".localhost", ".localdomain", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".onion");

    private final AllowList allowed;
    private final PublicAddresses addresses;

    OutboundUrls(AllowList allowed, PublicAddresses addresses) {
        this.allowed = allowed;
        this.addresses = addresses;
    }

    /** Checks a URL that a tenant gave: a webhook endpoint or the server of an account. */
    public UrlCheckResult check(String url) {
        return check(url, Purpose.WEBHOOK);
    }

    UrlCheckResult check(String url, Purpose purpose) {
        var parts = url.length() > LONGEST_URL ? Optional.<UrlParts>empty() : UrlParts.parse(url);
        if (parts.isEmpty()) {
            return new UrlCheckResult.Refused(new OutboundFailure(BAD_URL, whyNotAUrl(url)));
        }
        boolean byOperator = allowed.allows(parts.get(), purpose);
        return (byOperator ? Optional.<OutboundFailure>empty() : refusal(parts.get(), purpose))
                .<UrlCheckResult>map(UrlCheckResult.Refused::new)
                .orElseGet(() -> new UrlCheckResult.Accepted(url, byOperator));
    }

    private Optional<OutboundFailure> refusal(UrlParts url, Purpose purpose) {
        if (purpose == Purpose.SANDBOX || isLocal(url)) {
            return refuse(FORBIDDEN_ADDRESS, url.host() + " does not resolve to a public address.");
        }
        if (!url.secure()) {
            return refuse(BAD_URL, "The URL must start with https://.");
        }
        if (!AllowedPorts.mayBeCalled(url.port())) {
            return refuse(FORBIDDEN_PORT, "Port %d is not allowed.".formatted(url.port()));
        }
        return Optional.empty();
    }

    private boolean isLocal(UrlParts url) {
        if (url.isLiteral()) {
            return !addresses.isPublic(InetAddress.ofLiteral(url.host()));
        }
        return url.host().indexOf('.') < 0 || LOCAL_NAMES.stream().anyMatch(url.host()::endsWith);
    }

    private static Optional<OutboundFailure> refuse(OutboundFailure.Kind kind, String message) {
        return Optional.of(new OutboundFailure(kind, message));
    }

    private static String whyNotAUrl(String url) {
        if (url.length() > LONGEST_URL) {
            return "The URL is longer than %d characters.".formatted(LONGEST_URL);
        }
        if (!url.regionMatches(true, 0, "https://", 0, 8) && !url.regionMatches(true, 0, "http://", 0, 7)) {
            return "The URL must start with https://.";
        }
        if (url.indexOf('#') >= 0) {
            return "The URL must not have a fragment (#).";
        }
        if (url.split("[/?]", 4)[2].indexOf('@') >= 0) {
            return "The URL must not contain a user name or a password.";
        }
        return "This is not a valid URL: write it in plain ASCII, with the host name in its usual form.";
    }
}
