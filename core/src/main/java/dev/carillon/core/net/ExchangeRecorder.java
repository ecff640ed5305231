package dev.carillon.core.net;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Records the outbound calls that one piece of work makes on its own thread: the last {@value #MOST} of them. */
public final class ExchangeRecorder {
    private static final ScopedValue<ExchangeRecorder> CURRENT = ScopedValue.newInstance();
    private static final int MOST = 20;

    private final Deque<Exchange> last = new ArrayDeque<>();

    /** Runs {@code work} and records its calls here. */
    public <T> T during(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    public List<Exchange> all() {
        return List.copyOf(last);
    }

    /** Where to record the current call; empty if calls are not recorded. */
    static Optional<ExchangeRecorder> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    void add(OutboundRequest request, OutboundReply reply, Duration duration) {
        if (last.size() == MOST) {
            last.removeFirst();
        }
        last.addLast(Exchange.of(request, reply, duration));
    }
}
