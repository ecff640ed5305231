package dev.carillon.core.platform;

import java.util.Map;

/** What a platform wants to hear when it is asked about work that it has taken and not finished. */
public record PlatformTicket(Map<String, String> values) {
    public PlatformTicket {
        values = Map.copyOf(values);
    }
}
