package dev.carillon.core.net;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps the calls that one piece of work makes to the outside on its own thread: the last {@value #MOST} of them. */
public final class Exchanges {
    private static final ScopedValue<Exchanges> CURRENT = ScopedValue.newInstance();
    private static final int MOST = 20;

    private final Deque<Exchange> last = new ArrayDeque<>();

    /** Runs {@code work}, whose calls are kept here. */
    public <T> T during(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    public List<Exchange> all() {
        return List.copyOf(last);
    }

    /** Where the call is to be kept; empty when nobody wants to know. */
    static Optional<Exchanges> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    void add(OutboundRequest request, OutboundReply reply, Duration duration) {
        if (last.size() == MOST) {
            last.removeFirst();
        }
        last.addLast(Exchange.of(request, reply, duration));
    }
}
