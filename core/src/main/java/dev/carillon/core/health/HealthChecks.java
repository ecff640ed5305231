package dev.carillon.core.health;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The parts that run in this process. Code that starts a part registers it here; the API shows their health. */
@Singleton
public class HealthChecks {
    private final Map<String, BooleanSupplier> parts = new ConcurrentHashMap<>();

    /**
     * Adds a part.
     *
     * @param name the name that operators see, for example {@code worker}
     * @param check must return at once; true if the part works
     */
    public void add(String name, BooleanSupplier check) {
        parts.put(name, check);
    }

    /** Whether each part works, by name. */
    public Map<String, Boolean> now() {
        var now = new TreeMap<String, Boolean>();
        parts.forEach((name, check) -> now.put(name, check.getAsBoolean()));
        return now;
    }
}
