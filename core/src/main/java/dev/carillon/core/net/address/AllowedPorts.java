package dev.carillon.core.net.address;

import java.util.Set;

/** The ports that a tenant may use. */
public final class AllowedPorts {
    private static final int FIRST_FREE_PORT = 1024;
    private static final Set<Integer> WEB = Set.of(80, 443);

    /** Databases, caches, queues, cluster and desktop services above 1024: none of them is an HTTP receiver. */
    private static final Set<Integer> SERVICES = Set.of(
            1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 4369, 5432, 5433, 5672, 5900, 5984, 6000, 6379,
            6380, 6432, 6443, 7000, 7001, 8086, 8500, 9042, 9092, 9200, 9300, 10250, 10255, 11211, 15672, 25565, 26379,
            27017, 27018, 28017);

    private AllowedPorts() {}

    public static boolean mayBeCalled(int port) {
        return WEB.contains(port) || (port >= FIRST_FREE_PORT && !SERVICES.contains(port));
    }
}
