package dev.carillon.api.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The frames that wait for one reader, and the reader's outstanding demand. Thread-safe. */
final class Backlog {
    /** Frames are joined up to this many bytes, so that many small frames need one write. */
    private static final int JOINED = 8 * 1024;

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Deque<byte[]> frames = new ArrayDeque<>(2);
    private long bytes;
    private long demand;
    private boolean last;
    private boolean over;

    Backlog(int limit) {
        this.limit = limit;
    }

    /**
     * Adds all frames or none; false if too much is waiting already. Frames that exceed the limit by themselves are accepted
     * if nothing else waits.
     */
    boolean offerAll(List<byte[]> added) {
        long size = added.stream().mapToLong(frame -> frame.length).sum();
        return underLock(() -> {
            if (over || last) {
                return true;
            }
            if (bytes > 0 && bytes + size > limit) {
                return false;
            }
            added.forEach(this::append);
            return true;
        });
    }

    /** Adds a frame no matter how much waits, for callers that waited for room before. */
    void add(byte[] frame) {
        underLock(() -> {
            if (!over && !last) {
                append(frame);
            }
            return true;
        });
    }

    /** Adds the last frame; false if the stream is already ending or has ended. */
    boolean addLast(byte[] frame) {
        return underLock(() -> {
            if (over || last) {
                return false;
            }
            append(frame);
            last = true;
            changed.signalAll();
            return true;
        });
    }

    private void append(byte[] frame) {
        frames.add(frame);
        bytes += frame.length;
    }

    void request(long more) {
        underLock(() -> {
            demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
            return true;
        });
    }

    /** The bytes to send now; null if nothing waits or the reader has no demand. */
    byte @Nullable [] next() {
        lock.lock();
        try {
            if (over || demand == 0 || frames.isEmpty()) {
                return null;
            }
            demand--;
            var joined = join();
            bytes -= joined.length;
            changed.signalAll();
            return joined;
        } finally {
            lock.unlock();
        }
    }

    private byte[] join() {
        var first = frames.remove();
        int size = first.length;
        int count = 0;
        for (var frame : frames) {
            if (size + frame.length > JOINED) {
                break;
            }
            size += frame.length;
            count++;
        }
        if (count == 0) {
            return first;
        }
        var joined = new byte[size];
        System.arraycopy(first, 0, joined, 0, first.length);
        int at = first.length;
        for (int i = 0; i < count; i++) {
            var frame = frames.remove();
            System.arraycopy(frame, 0, joined, at, frame.length);
            at += frame.length;
        }
        return joined;
    }

    /**
     * Waits until at most a quarter of the limit waits; false if the reader takes nothing for {@code atMost}, or the stream
     * is ending or has ended.
     */
    boolean awaitRoom(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (bytes > limit / 4 && !over && !last && left > 0) {
                long before = bytes;
                left = changed.awaitNanos(left);
                if (bytes < before) {
                    left = atMost.toNanos();
                }
            }
            return bytes <= limit / 4 && !over && !last;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        return underLock(frames::isEmpty);
    }

    /** Whether everything was sent, including the last frame. */
    boolean isDone() {
        return underLock(() -> last && frames.isEmpty());
    }

    /** Whether the last frame is waiting or was sent. */
    boolean isEnding() {
        return underLock(() -> last);
    }

    boolean isOver() {
        return underLock(() -> over);
    }

    /** Drops what waits and accepts nothing more; true on the first call. */
    boolean end() {
        return underLock(() -> {
            boolean first = !over;
            over = true;
            frames.clear();
            bytes = 0;
            changed.signalAll();
            return first;
        });
    }

    private boolean underLock(BooleanSupplier work) {
        lock.lock();
        try {
            return work.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
