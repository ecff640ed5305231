package dev.carillon.app.bench.server;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what the benchmark runs on, because figures mean nothing without it. */
public final class Machine {
    private static final long MEGABYTE = 1024 * 1024;
    private static final List<String> OF_POSTGRES = List.of(
            "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size", "max_connections");

    private Machine() {}

    public static void print(PrintStream out, BenchDatabase database) {
        var runtime = Runtime.getRuntime();
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        out.printf(
                "machine     %d cores for this JVM, PostgreSQL and Redis together; %,d MB of memory; %s %s; load average %.1f before the start%n",
                runtime.availableProcessors(),
                system.getTotalMemorySize() / MEGABYTE,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                system.getSystemLoadAverage());
        out.printf(
                "JVM         %s %s, heap up to %,d MB, %s%n",
                System.getProperty("java.vm.name"),
                Runtime.version(),
                runtime.maxMemory() / MEGABYTE,
                ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName());
        out.printf(
                "PostgreSQL  %s; %s%n",
                database.one("SHOW server_version", row -> row.getString(1)),
                OF_POSTGRES.stream()
                        .map(name -> name + " " + database.one("SHOW " + name, row -> row.getString(1)))
                        .collect(Collectors.joining(", ")));
    }
}
