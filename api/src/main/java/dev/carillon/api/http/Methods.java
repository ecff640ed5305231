package dev.carillon.api.http;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** The HTTP methods of a path. */
public final class Methods {
    private Methods() {}

    /** All methods that a path with these routes accepts, by name: every path also answers OPTIONS, and HEAD if it answers GET. */
    public static SortedSet<String> all(Collection<String> ofRoutes) {
        var all = new TreeSet<>(ofRoutes);
        all.add("OPTIONS");
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        return all;
    }
}
