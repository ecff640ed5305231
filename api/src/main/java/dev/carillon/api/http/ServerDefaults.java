package dev.carillon.api.http;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import java.util.Map;

/**
 * Settings of the HTTP server wherever this module runs. Micronaut Security is on the class path for the tokens of people's sessions. Our
 * own filter checks keys and sessions; the filter of Micronaut Security would only refuse earlier, in another format.
 */
@ContextConfigurer
public final class ServerDefaults implements ApplicationContextConfigurer {
    @Override
    public void configure(ApplicationContextBuilder builder) {
        builder.properties(Map.of(
                "micronaut.security.enabled",
                "false",
                // On localhost, Micronaut would answer pages of other sites with a 403 without a body. Our sessions
                // refuse them by themselves, on every host.
                "micronaut.server.cors.localhost-pass-through",
                "true",
                // Our own filter compresses replies. The server's compressor knows neither which replies hold a
                // secret nor ETags, delays streams, and does nothing for HEAD.
                "micronaut.server.netty.compression-threshold",
                "-1"));
    }
}
