package dev.carillon.app.doctor;

import static dev.carillon.app.doctor.Finding.ok;
import static dev.carillon.app.doctor.Finding.warning;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Whether there is enough memory for one process with everything in it.
 *
 * @param available in bytes; empty if the operating system does not say
 */
public record MemoryCheck(OptionalLong available, long total) implements Check {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
    private static final long MEGABYTE = 1024 * 1024;
    /** The process and its embedded servers, with room for work; see docs/performance.md. */
    private static final long NEEDED = 700 * MEGABYTE;

    /** The memory of this machine or of the container's limit. */
    public static MemoryCheck ofThisMachine() {
        long total =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        var available = linuxAvailable();
        return new MemoryCheck(
                available.isPresent() ? OptionalLong.of(Math.min(available.getAsLong(), total)) : available, total);
    }

    private static OptionalLong linuxAvailable() {
        try {
            var found = AVAILABLE.matcher(Files.readString(MEMINFO));
            return found.find() ? OptionalLong.of(Long.parseLong(found.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty(); // not Linux
        }
    }

    @Override
    public List<Finding> run() {
        long usable = available.orElse(total);
        var text = "%d MB %s of %d MB"
                .formatted(usable / MEGABYTE, available.isPresent() ? "free" : "installed", total / MEGABYTE);
        return List.of(
                usable >= NEEDED
                        ? ok("memory", text)
                        : warning(
                                "memory",
                                "%s; Carillon with embedded servers needs about %d MB. Close other programs, or add memory."
                                        .formatted(text, NEEDED / MEGABYTE)));
    }
}
