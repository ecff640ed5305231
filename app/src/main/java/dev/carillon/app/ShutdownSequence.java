package dev.carillon.app;

import dev.carillon.app.settings.StartRefused;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes everything that was started, in reverse order. Another thread may close it while the start is still in
 * progress; anything started after that is closed at once.
 */
final class ShutdownSequence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownSequence.class);

    private final Deque<Step> steps = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;

    private record Step(String name, AutoCloseable open) {}

    /**
     * Registers something to close before everything registered earlier.
     *
     * @throws StartRefused if the process was told to stop meanwhile
     */
    synchronized <T extends AutoCloseable> T add(String name, T started) {
        steps.push(new Step(name, started));
        if (closing) {
            closeSteps();
            throw new StartRefused("The start was cancelled because the process was told to stop.");
        }
        return started;
    }

    @Override
    public synchronized void close() {
        closing = true;
        closeSteps();
        closed.countDown();
    }

    synchronized boolean isClosing() {
        return closing;
    }

    synchronized boolean isEmpty() {
        return steps.isEmpty();
    }

    void awaitClose() throws InterruptedException {
        closed.await();
    }

    private void closeSteps() {
        while (!steps.isEmpty()) {
            var step = steps.pop();
            try {
                step.open().close();
            } catch (Exception e) {
                // One part that fails to close must not keep the others open.
                LOG.atWarn().setCause(e).addKeyValue("part", step.name()).log("part could not be closed");
            }
        }
    }
}
