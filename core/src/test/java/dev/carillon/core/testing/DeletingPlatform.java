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

/** A simulated platform that deletes too; without an answer written down beforehand it does as it is told. */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(property = "carillon.testing.played-platform", value = "deleting")
public class DeletingPlatform extends SimulatedPlatform implements DeletesPosts {
    private final Queue<Supplier<Deletion>> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> deleted = new ConcurrentLinkedQueue<>();

    /** What it answers to the next deletion that has no answer yet. */
    public void answersDeletion(Supplier<Deletion> answer) {
        answers.add(answer);
    }

    /** The ids of the posts that it was to delete, as often as it was told. */
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
