package dev.carillon.core.testing;

import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.DeletesPosts;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A simulated platform that also deletes posts. Without a queued answer, it deletes. */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(property = "carillon.testing.played-platform", value = "deleting")
public class DeletingPlatform extends SimulatedPlatform implements DeletesPosts {
    private final Queue<Supplier<Deletion>> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> deleted = new ConcurrentLinkedQueue<>();

    /** Queues the answer to one deletion; answers are used in order. */
    public void answersDeletion(Supplier<Deletion> answer) {
        answers.add(answer);
    }

    /** The post ids of all deletion calls, in order. */
    public List<String> deleted() {
        return List.copyOf(deleted);
    }

    @Override
    public Deletion delete(
            ConnectedAccount account, String platformPostId, Map<String, String> refs, Deadline deadline) {
        deleted.add(platformPostId);
        var answer = answers.poll();
        return answer == null ? new Deletion.Deleted() : answer.get();
    }
}
