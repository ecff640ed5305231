package dev.carillon.core.platform;

import java.util.Map;

/** The values with which a platform is asked about work that it has accepted and not finished. */
public record PlatformTicket(Map<String, String> values) {
    public PlatformTicket {
        values = Map.copyOf(values);
    }
}
