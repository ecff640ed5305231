package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.kernel.ApiVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change to an endpoint; null leaves a value unchanged.
 *
 * @param headers replaces all headers
 * @param asymmetric true gives it a signing key if it has none, false removes it
 */
public record EndpointChange(
        @Nullable String url,
        @Nullable List<String> events,
        @Nullable To<String> description,
        @Nullable Map<String, Object> metadata,
        @Nullable CustomHeaders headers,
        @Nullable To<Integer> maxPerSecond,
        @Nullable ApiVersion apiVersion,
        @Nullable Boolean asymmetric) {

    /**
     * A new value.
     *
     * @param value null to remove it
     */
    public record To<T>(@Nullable T value) {
        static <T> @Nullable T or(@Nullable To<T> change, @Nullable T before) {
            return change == null ? before : change.value();
        }
    }

    /** The settings after this change. */
    EndpointSettings applyTo(EndpointSettings before) {
        return new EndpointSettings(
                url == null ? before.url() : url,
                events == null ? before.events() : events.stream().distinct().toList(),
                To.or(description, before.description()),
                metadata == null ? before.metadata() : metadata,
                headers == null ? before.headerNames() : headers.names(),
                To.or(maxPerSecond, before.maxPerSecond()),
                apiVersion == null ? before.apiVersion() : apiVersion);
    }
}
