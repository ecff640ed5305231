package dev.carillon.api.http;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import java.util.Map;

/**
 * What the HTTP server is told wherever this module runs. Micronaut Security is on the path for people's sessions, which do not exist
 * yet; keys are checked by a filter of our own, and its filter would only refuse first, in another shape.
 */
@ContextConfigurer
public final class ServerDefaults implements ApplicationContextConfigurer {
    @Override
    public void configure(ApplicationContextBuilder builder) {
        builder.properties(Map.of("micronaut.security.enabled", "false"));
    }
}
