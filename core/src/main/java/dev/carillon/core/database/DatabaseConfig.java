package dev.carillon.core.database;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * The two logins of a running process. A process that does not need one of them leaves its URL unset.
 *
 * @param appPoolSize maximum number of connections
 * @param dispatchPoolSize maximum number of connections, including those that JobRunr uses
 */
@ConfigurationProperties("carillon.database")
public record DatabaseConfig(
        @Nullable String appUrl,
        @Nullable String appUser,
        @Nullable String appPassword,
        @Bindable(defaultValue = "24") int appPoolSize,
        @Nullable String dispatchUrl,
        @Nullable String dispatchUser,
        @Nullable String dispatchPassword,
        @Bindable(defaultValue = "40") int dispatchPoolSize) {

    @Override
    public String toString() {
        return "DatabaseConfig[appUrl=%s, dispatchUrl=%s]".formatted(appUrl, dispatchUrl);
    }
}
