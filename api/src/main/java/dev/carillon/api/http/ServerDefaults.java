package dev.carillon.api.http;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import java.util.Map;

/**
 * What the HTTP server is told wherever this module runs. Micronaut Security is on the path for the tokens of people's sessions;
 * keys and sessions are checked by a filter of our own, and its filter would only refuse first, in another shape.
 */
@ContextConfigurer
public final class ServerDefaults implements ApplicationContextConfigurer {
    @Override
    public void configure(ApplicationContextBuilder builder) {
        builder.properties(Map.of(
                "micronaut.security.enabled",
                "false",
                // Micronaut would answer other sites' pages with a 403 without a body where we are reached at
                // localhost. Sessions refuse them by
                // themselves, wherever we are reached.
                "micronaut.server.cors.localhost-pass-through",
                "true",
                // Replies are compressed by a filter of our own. The server's compressor knows neither which replies
                // hold a secret nor ETags, has
                // streams wait, and has nothing to say to a HEAD.
                "micronaut.server.netty.compression-threshold",
                "-1"));
    }
}
