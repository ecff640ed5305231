package dev.carillon.app.chaos;

import dev.carillon.app.chaos.Orders.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries out, inside a process, the orders in {@link Orders}: when a thread reaches a point that has an order, the whole process is killed
 * or stopped while the thread is at that point.
 */
public final class KillSwitch {
    static final String FOLDER = "chaos.orders";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final Duration GAP_LIMIT = Duration.ofMillis(300);

    private static final Orders ORDERS = Orders.in(Path.of(System.getProperty(FOLDER, ".")));
    private static final Map<Order, AtomicInteger> HITS = new ConcurrentHashMap<>();
    private static final AtomicInteger WRITING = new AtomicInteger();
    private static volatile List<Order> open = List.of();
    private static volatile boolean stopping;

    private KillSwitch() {}

    /** Starts to read orders. */
    static void start() {
        Thread.ofPlatform().daemon().name("chaos orders").start(() -> {
            while (true) {
                open = ORDERS.given();
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        });
    }

    /** Called by the instrumented methods with the name of the point. */
    public static void reached(String name) {
        var point = KillPoint.valueOf(name);
        count(point);
        for (var order : open) {
            if (order.point() == point
                    && isWithin(point)
                    && HITS.computeIfAbsent(order, ignored -> new AtomicInteger())
                                    .incrementAndGet()
                            == order.hit()
                    && ORDERS.take(order)) {
                obey(order);
            }
        }
    }

    /** Called before a request may be written: while the process is about to be stopped, threads wait here. */
    public static void beforeWriting() {
        while (stopping) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private static void count(KillPoint point) {
        if (point == KillPoint.BEFORE_REQUEST) {
            WRITING.incrementAndGet();
        } else if (point == KillPoint.REQUEST_WRITTEN) {
            WRITING.decrementAndGet();
        }
    }

    private static boolean isWithin(KillPoint point) {
        var within = point.within();
        return within.isEmpty()
                || StackWalker.getInstance()
                        .walk(frames -> frames.anyMatch(
                                frame -> within.contains(frame.getClassName() + "#" + frame.getMethodName())));
    }

    private static void obey(Order order) {
        System.out.println("AT " + order.point());
        switch (order.action()) {
            case KILL -> {
                signal("KILL");
                awaitEnd();
            }
            case STOP -> stop(order);
        }
    }

    /**
     * Stops the process. A pause between the last check of the deadline and the first byte is excluded: only a platform's own idempotency
     * helps then, as the documentation states. So no other thread may be in that place.
     */
    private static void stop(Order order) {
        stopping = true;
        var limit = System.nanoTime() + GAP_LIMIT.toNanos();
        while (WRITING.get() > 0 && System.nanoTime() < limit) {
            Thread.onSpinWait();
        }
        signal("STOP");
        while (!ORDERS.isResumed(order)) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        stopping = false;
    }

    private static void signal(String name) {
        try {
            new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "kill -%s %d"
                                    .formatted(name, ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
