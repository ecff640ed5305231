package dev.carillon.core.testing;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformConnector;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.platform.PublishWindow;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.platform.RuleViolation;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A platform whose answers a test queues beforehand; without one, it publishes. It refuses texts that contain {@code forbidden}. It takes
 * precedence over other connectors on the class path.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(property = "carillon.testing.played-platform", value = "true")
public class SimulatedPlatform implements PlatformConnector {
    private final Queue<Function<PublishRequest, PublishOutcome>> answers = new ConcurrentLinkedQueue<>();
    private final Queue<PublishRequest> received = new ConcurrentLinkedQueue<>();
    private final Queue<LookUp> lookUps = new ConcurrentLinkedQueue<>();
    private final Queue<LookUp> standing = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lookedUp = new AtomicInteger();
    private volatile RecoveryCapability capability = RecoveryCapability.EXACT_LOOK_UP;
    private volatile @Nullable Duration remembers;

    /** Queues the answer to one publish call; answers are used in order. */
    public void answers(Function<PublishRequest, PublishOutcome> answer) {
        answers.add(answer);
    }

    public void answersLookUp(LookUp answer) {
        lookUps.add(answer);
    }

    /** Queues the answer to one check whether a published post still exists; without one, it exists. */
    public void answersStanding(LookUp answer) {
        standing.add(answer);
    }

    /** Sets how it can reconcile an unknown outcome; the default is an exact lookup. */
    public void reconcilesBy(RecoveryCapability simulated) {
        capability = simulated;
    }

    /** Sets for how long it recognizes repetitions; the default is forever. */
    public void remembersFor(Duration time) {
        remembers = time;
    }

    /** How many lookups of an unknown outcome it received. */
    public int lookedUp() {
        return lookedUp.get();
    }

    public List<PublishRequest> received() {
        return List.copyOf(received);
    }

    @Override
    public Set<Platform> serves(Mode mode) {
        return EnumSet.allOf(Platform.class);
    }

    @Override
    public RecoveryCapability recoveryCapability(Platform platform) {
        return capability;
    }

    @Override
    public Optional<Duration> recognisesRepetitionsFor(Platform platform) {
        return Optional.ofNullable(remembers);
    }

    @Override
    public LookUp stands(ConnectedAccount account, PlatformPost post, Checkpoint checkpoint, Deadline deadline) {
        var answer = standing.poll();
        return answer == null ? new LookUp.Found(post) : answer;
    }

    @Override
    public List<RuleViolation> check(Platform platform, String text, Map<String, Object> settings) {
        return text.contains("forbidden")
                ? List.of(new RuleViolation(
                        "played.word", "/text", "The text says 'forbidden'; leave it out.", 0, 1, "words"))
                : List.of();
    }

    @Override
    public List<RuleViolation> checkThread(Platform platform, List<String> thread, Map<String, Object> settings) {
        if (platform == Platform.DISCORD) {
            return List.of(RuleViolation.noThreads(platform.wireName(), "Discord", thread.size()));
        }
        return IntStream.range(0, thread.size())
                .boxed()
                .flatMap(part -> check(platform, thread.get(part), settings).stream()
                        .map(violation -> violation.at("/thread/" + part + violation.pointer())))
                .toList();
    }

    /** Small enough for a test to use it up and to wait until it is over. */
    public static final PublishWindow WINDOW_OF_TIKTOK = PublishWindow.ofIdentity(5, Duration.ofSeconds(2));

    @Override
    public List<PublishWindow> windows(Platform platform) {
        return platform == Platform.TIKTOK ? List.of(WINDOW_OF_TIKTOK) : List.of();
    }

    @Override
    public PublishOutcome publish(PublishRequest request) {
        received.add(request);
        var answer = answers.poll();
        return answer == null ? published(request) : answer.apply(request);
    }

    public static PublishOutcome published(PublishRequest request) {
        return new PublishOutcome.Published(postOf(request));
    }

    public static PlatformPost postOf(PublishRequest request) {
        var id = "played-" + request.publication();
        return new PlatformPost(id, "https://played.example/" + id, Map.of("id", id));
    }

    @Override
    public LookUp find(ConnectedAccount account, Checkpoint checkpoint, Deadline deadline) {
        lookedUp.incrementAndGet();
        var answer = lookUps.poll();
        return answer == null ? new LookUp.Absent() : answer;
    }
}
