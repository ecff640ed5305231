package dev.carillon.core.health;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The parts that work in this process. Whoever starts one says so here; the API shows how they are. */
@Singleton
public class HealthChecks {
    private final Map<String, BooleanSupplier> parts = new ConcurrentHashMap<>();

    /**
     * Adds a part.
     *
     * @param name as operators see it, for example {@code worker}
     * @param check answers at once
     */
    public void add(String name, BooleanSupplier check) {
        parts.put(name, check);
    }

    /** How each part is, by name. */
    public Map<String, Boolean> now() {
        var now = new TreeMap<String, Boolean>();
        parts.forEach((name, check) -> now.put(name, check.getAsBoolean()));
        return now;
    }
}
