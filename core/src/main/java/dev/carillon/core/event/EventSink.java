package dev.carillon.core.event;

import dev.carillon.core.kernel.EventId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who follows events: gets each once, in the order of their numbers, one call at a time and from any thread. */
public interface EventSink {
    /**
     * Comes before everything else.
     *
     * @param after the event behind which it begins, to go on from where nothing has come yet; null when there is none
     */
    void begin(@Nullable EventId after);

    /**
     * Takes what has just come, all of it or nothing, and returns at once.
     *
     * @return false when there is no room for it; then it is read again once there is
     */
    boolean take(List<LiveEvent> events);

    /** Takes some of what came before, after it had room; returns at once. */
    void takePast(List<LiveEvent> events);

    /**
     * Waits until there is room for more, while past events are read for it; what happens meanwhile does not wait.
     *
     * @return false when it wants nothing more
     */
    boolean awaitRoom() throws InterruptedException;

    /** Nothing more can be read for it; whoever follows may begin again behind the last event that came. */
    void fail();
}
