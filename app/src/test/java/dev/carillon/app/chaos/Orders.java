package dev.carillon.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Orders to the processes, as files in a folder that all of them watch. The first process that reaches the point takes the file, so that an
 * order affects only one process.
 */
record Orders(Path open, Path taken, Path resumed) {
    private static final AtomicInteger COUNT = new AtomicInteger();

    enum Action {
        KILL,
        STOP
    }

    /**
     * An order.
     *
     * @param hit how often a process must reach the point before it acts, from 1
     */
    record Order(int number, KillPoint point, int hit, Action action) {
        private static Order read(Path file) {
            var parts = String.valueOf(file.getFileName()).split("-", -1);
            return new Order(
                    Integer.parseInt(parts[0]),
                    KillPoint.valueOf(parts[1]),
                    Integer.parseInt(parts[2]),
                    Action.valueOf(parts[3]));
        }

        private String file() {
            return "%d-%s-%d-%s".formatted(number, point, hit, action);
        }
    }

    static Orders in(Path folder) {
        try {
            return new Orders(
                    Files.createDirectories(folder.resolve("open")),
                    Files.createDirectories(folder.resolve("taken")),
                    Files.createDirectories(folder.resolve("resumed")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Order give(KillPoint point, int hit, Action action) {
        var order = new Order(COUNT.incrementAndGet(), point, hit, action);
        create(open.resolve(order.file()));
        return order;
    }

    /** Orders that no process has taken. */
    List<Order> given() {
        return files(open).map(Order::read).toList();
    }

    /** Takes an order for this process; false if another process was faster. */
    boolean take(Order order) {
        try {
            Files.move(
                    open.resolve(order.file()),
                    taken.resolve("%s@%d"
                            .formatted(order.file(), ProcessHandle.current().pid())));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pid of the process that took it. */
    Optional<Long> takenBy(Order order) {
        return files(taken)
                .map(file -> String.valueOf(file.getFileName()).split("@", 2))
                .filter(parts -> parts[0].equals(order.file()))
                .map(parts -> Long.valueOf(parts[1]))
                .findFirst();
    }

    /** Withdraws an order that no process has taken. */
    void withdraw(Order order) {
        try {
            Files.deleteIfExists(open.resolve(order.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the process that this order stopped leave the point, once it runs again. */
    void resume(Order order) {
        create(resumed.resolve(order.file()));
    }

    boolean isResumed(Order order) {
        return Files.exists(resumed.resolve(order.file()));
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (var found = Files.list(folder)) {
            return found.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
