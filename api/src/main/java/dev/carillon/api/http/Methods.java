package dev.carillon.api.http;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** The methods of a path. */
public final class Methods {
    private Methods() {}

    /** All that may be sent to a path with routes of these methods, by name: each path also answers OPTIONS, and HEAD where it answers GET. */
    public static SortedSet<String> all(Collection<String> ofRoutes) {
        var all = new TreeSet<>(ofRoutes);
        all.add("OPTIONS");
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        return all;
    }
}
