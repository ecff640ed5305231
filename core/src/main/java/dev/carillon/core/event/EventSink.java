package dev.carillon.core.event;

import dev.carillon.core.kernel.EventId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives each event once, in the order of their numbers, one call at a time and from any thread. */
public interface EventSink {
    /**
     * Called before all other methods.
     *
     * @param after the event after which the stream starts, to resume from if no event has arrived yet; null if there
     *     is none
     */
    void begin(@Nullable EventId after);

    /**
     * Takes new events, all or none, and returns at once.
     *
     * @return false if there is no room for them; they are then read again once there is
     */
    boolean take(List<LiveEvent> events);

    /** Takes past events, after {@link #awaitRoom} reported room; returns at once. */
    void takePast(List<LiveEvent> events);

    /**
     * Waits until there is room for more while past events are read for this sink. New events do not wait for it.
     *
     * @return false if the sink wants nothing more
     */
    boolean awaitRoom() throws InterruptedException;

    /**
     * Called if no more events can be read for this sink. The follower can start again after the last event that
     * arrived.
     */
    void fail();
}
