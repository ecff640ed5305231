package dev.carillon.app.chaos;

import static org.awaitility.Awaitility.await;

import dev.carillon.app.chaos.Orders.Action;
import dev.carillon.app.chaos.Orders.Order;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** Gives orders to a fleet, replaces dead processes, and creates work meanwhile. */
record Director(Fleet fleet, Orders orders) {
    private static final Duration REACHED_WITHIN = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** Gives an order that a process carries out later, while the scenario waits for other orders. */
    Order order(KillPoint point, int hit, Action action) {
        return orders.give(point, hit, action);
    }

    /**
     * Waits until a process has carried out the order. Starts a replacement for a killed process, without waiting for it.
     *
     * @param work creates work meanwhile
     * @param again interval at which work is created
     * @return the pid of the process
     */
    long awaitObeyed(Order order, Runnable work, Duration again) {
        try {
            var next = new long[] {System.nanoTime()};
            await().atMost(REACHED_WITHIN).pollInterval(LOOK_AGAIN).until(() -> {
                if (System.nanoTime() >= next[0]) {
                    work.run();
                    next[0] = System.nanoTime() + again.toNanos();
                }
                fleet.refill();
                return orders.takenBy(order).isPresent();
            });
        } catch (ConditionTimeoutException e) {
            orders.withdraw(order);
            throw new AssertionError("no process reached the point %s".formatted(order.point()), e);
        }
        long pid = orders.takenBy(order).orElseThrow();
        if (order.action() == Action.KILL) {
            fleet.awaitDeath(pid);
            fleet.refill();
        }
        return pid;
    }

    void resume(Order order, long pid) {
        orders.resume(order);
        fleet.withPid(pid).sigcont();
    }

    /** Runs something at intervals for a period. */
    void during(Duration time, Duration pause, Runnable each) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusSeconds(60))
                .pollInterval(pause)
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    if (System.nanoTime() >= end) {
                        return true;
                    }
                    each.run();
                    fleet.refill();
                    return false;
                });
    }
}
