package dev.carillon.app.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The process that listens on a TCP port of this machine. The operating system reveals it only for processes of the
 * same user.
 */
public record ListeningProcess(long pid, String program) {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final long LSOF_SECONDS = 2;

    /** The process that listens on the port; empty if it cannot be determined. */
    public static Optional<ListeningProcess> on(int port) {
        try {
            var pid = Files.isDirectory(PROC.resolve("net")) ? pidFromProc(port) : pidFromLsof(port);
            return pid.map(ListeningProcess::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ListeningProcess of(long pid) {
        var program = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(command -> Path.of(command).getFileName())
                .map(Path::toString)
                .orElse("unknown program");
        return new ListeningProcess(pid, program);
    }

    private static Optional<Long> pidFromProc(int port) throws IOException {
        var sockets = Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> inodes(PROC.resolve(table), port))
                .map("socket:[%s]"::formatted)
                .collect(Collectors.toSet());
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var process : processes) {
                if (hasOpen(process.resolve("fd"), sockets)) {
                    return Optional.of(Long.valueOf(String.valueOf(process.getFileName())));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Columns of the table: number, local address:port in hexadecimal, remote address, state, and in the tenth place
     * the socket's inode.
     */
    private static Stream<String> inodes(Path table, int port) {
        var ending = ":%04X".formatted(port);
        try {
            return Files.readAllLines(table, StandardCharsets.US_ASCII).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns ->
                            columns.length > 9 && columns[1].endsWith(ending) && columns[3].equals(LISTENING))
                    .map(columns -> columns[9]);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static boolean hasOpen(Path descriptors, Set<String> sockets) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (var descriptor : open) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // Another user's process, or one that has just ended.
        }
        return false;
    }

    private static Optional<Long> pidFromLsof(int port) throws IOException {
        var process = new ProcessBuilder(List.of("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")).start();
        CompletableFuture.delayedExecutor(LSOF_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (var output = process.inputReader(StandardCharsets.US_ASCII)) {
            return output.lines()
                    .filter(line -> line.matches("\\d+"))
                    .findFirst()
                    .map(Long::valueOf);
        }
    }

    @Override
    public String toString() {
        return "process %d (%s)".formatted(pid, program);
    }
}
