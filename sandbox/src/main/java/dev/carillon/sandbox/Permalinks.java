package dev.carillon.sandbox;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Public addresses of posts: anyone who knows the address can view the post, for seven days. */
final class Permalinks {
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final int TOKEN_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final String base;
    private final Clock clock;

    Permalinks(URI publicUrl, Clock clock) {
        this.base = publicUrl.toString().replaceAll("/+$", "") + "/p/";
        this.clock = clock;
    }

    String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String url(SandboxPost post) {
        return base + post.permalinkToken();
    }

    /** Posts of this age or older no longer have a page. */
    Instant oldestWithoutPage() {
        return clock.instant().minus(LIFETIME);
    }
}
