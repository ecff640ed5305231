package dev.carillon.core.webhook;

import dev.carillon.core.kernel.ApiVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of an endpoint; null for what stays.
 *
 * @param headers in place of all that it has
 * @param asymmetric true gives it a signing key where it has none, false takes it away
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
     * Another value.
     *
     * @param value null for none from now on
     */
    public record To<T>(@Nullable T value) {
        static <T> @Nullable T or(@Nullable To<T> change, @Nullable T before) {
            return change == null ? before : change.value();
        }
    }

    /** The settings with this change made. */
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
