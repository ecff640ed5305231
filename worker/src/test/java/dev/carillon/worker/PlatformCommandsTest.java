package dev.carillon.worker;

import static dev.carillon.core.kernel.ErrorCode.AUTH_REVOKED;
import static dev.carillon.core.kernel.ErrorCode.NOTHING_TO_RECONCILE;
import static dev.carillon.core.kernel.ErrorCode.NOT_PUBLISHED;
import static dev.carillon.core.kernel.ErrorCode.OUTCOME_UNCONFIRMED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.DeletesPosts.Deletion;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platformcommand.PlatformCommandService;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.intervention.CommandResult;
import dev.carillon.core.publication.intervention.DeleteService;
import dev.carillon.core.publication.reconciliation.ReconciliationRequests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Platform commands, which a worker claims and runs. The lookup schedule is too slow to interfere. */
@Timeout(60)
class PlatformCommandsTest {
    private static final Failure NO_ANSWER = Failure.of(OUTCOME_UNCONFIRMED, "no answer");

    private Workshop work;

    @BeforeEach
    void start() {
        work = new Workshop(Map.of(
                "carillon.publishing.look-ups", "1m",
                "carillon.publishing.checks", "1h",
                "carillon.platform-commands.max-wait", "15s"));
    }

    @AfterEach
    void stop() {
        work.close();
    }

    @Test
    void anUnknownOutcomeIsAskedForAtOnceWhenSomebodyWantsToKnow() {
        work.start();
        var id = unresolved();
        work.platform().answersLookUp(new LookUp.Found(new PlatformPost("1", "https://played.example/1", Map.of())));

        var result = reconcile(id);

        assertThat(result.done()).isTrue();
        assertThat(result.publication().status()).isEqualTo(PublicationStatus.PUBLISHED);
        assertThat(work.steps(id)).containsExactly("reconcile_requested", "look_up");
    }

    // Otherwise frequent requests would use up the scheduled lookups, and the automatic reconciliation would stop.
    @Test
    void whatSomebodyWantsToKnowUsesUpNoneOfTheSchedule() {
        work.start();
        var id = unresolved();
        var before = work.get(id);
        work.platform().answersLookUp(new LookUp.NotAnswered(NO_ANSWER));

        var result = reconcile(id);

        assertThat(result.done()).isTrue();
        assertThat(result.publication().state()).isEqualTo(before.state());
        assertThat(work.platform().lookedUp()).isOne();
        assertThat(work.count("SELECT count(*) AS n FROM publication WHERE lease_until IS NOT NULL"))
                .isZero();
    }

    @Test
    void aPublishedPostIsLookedAtWhenSomebodyWantsToKnow() {
        work.start();
        var id = published();
        work.platform().answersStanding(new LookUp.Absent());

        assertThat(reconcile(id).publication().followUp().vanishedAt()).isNotNull();
        assertThat(reconcile(id).publication().followUp().vanishedAt()).isNull();

        assertThat(work.events(id)).containsExactly("publication.published", "publication.vanished");
        assertThat(work.steps(id)).containsExactly("reconcile_requested", "vanished", "reconcile_requested", "checked");
    }

    @Test
    void whatIsNeitherUnknownNorOutCannotBeAskedFor() {
        var scheduled = work.post(new When.Draft(), work.account("draft"))
                .publications()
                .getFirst()
                .id();

        assertThatThrownBy(() -> reconcile(scheduled)).satisfies(is(NOTHING_TO_RECONCILE));
    }

    @Test
    void aPostIsDeletedFromItsPlatformAndItsRecordStays() {
        work.start();
        var id = published();

        var result = delete(id);

        assertThat(result.done()).isTrue();
        assertThat(result.publication().status()).isEqualTo(PublicationStatus.PUBLISHED);
        assertThat(result.publication().followUp().deletedAt()).isNotNull();
        assertThat(work.platform().deleted()).containsExactly("played-" + id);
        assertThat(work.events(id)).containsExactly("publication.published", "publication.deleted");
        assertThat(work.steps(id)).containsExactly("delete_requested", "deleted");
        assertThat(delete(id).publication().followUp())
                .isEqualTo(result.publication().followUp());
        assertThat(work.platform().deleted()).hasSize(1);
        assertThatThrownBy(() -> reconcile(id)).satisfies(is(NOTHING_TO_RECONCILE));
    }

    @Test
    void deletingTwiceAtTheSameTimeIsDeletingOnce() throws Exception {
        work.start();
        var id = published();

        Callable<CommandResult> deleting = () -> delete(id);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(List.of(deleting, deleting, deleting, deleting))) {
                assertThat(result.get().done()).isTrue();
            }
        }

        assertThat(work.platform().deleted()).hasSize(1);
        assertThat(work.events(id)).containsExactly("publication.published", "publication.deleted");
        assertThat(work.count("SELECT count(*) AS n FROM platform_command")).isOne();
    }

    @Test
    void aDeletionThatDoesNotArriveIsTriedAgain() {
        work.start();
        var id = published();
        work.platform().answersDeletion(() -> new Deletion.NotDeleted(Failure.of(PLATFORM_UNAVAILABLE, "down")));

        assertThat(delete(id).done()).isTrue();

        assertThat(work.platform().deleted()).hasSize(2);
    }

    @Test
    void aDeletionThatThePlatformRefusesSaysWhyAndCanBeWantedAgain() {
        work.start();
        var id = published();
        work.platform().answersDeletion(() -> new Deletion.NotDeleted(Failure.of(AUTH_REVOKED, "token revoked")));

        assertThatThrownBy(() -> delete(id)).satisfies(is(AUTH_REVOKED));
        assertThat(work.steps(id)).endsWith("delete_failed");

        assertThat(delete(id).done()).isTrue();
    }

    @Test
    void aDeletionIsGivenUpWhenItsRetriesAreUsedUp() {
        work.start();
        var id = published();
        for (int i = 0; i < 3; i++) {
            work.platform().answersDeletion(() -> new Deletion.NotDeleted(Failure.of(PLATFORM_UNAVAILABLE, "down")));
        }

        assertThatThrownBy(() -> delete(id)).satisfies(is(PLATFORM_UNAVAILABLE));

        assertThat(work.platform().deleted()).hasSize(3);
        assertThat(work.get(id).followUp().deletedAt()).isNull();
    }

    // If a worker is killed during a deletion, the next one completes it.
    @Test
    void aDeletionOutlivesTheWorkerThatTookIt() throws Exception {
        work.start();
        var id = published();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            work.platform().answersDeletion(() -> {
                throw new Killed();
            });
            var deleting = threads.submit(() -> delete(id));

            assertThat(deleting.get().done()).isTrue();
        }

        assertThat(work.platform().deleted()).hasSize(2);
        assertThat(work.events(id)).containsExactly("publication.published", "publication.deleted");
    }

    @Test
    void onlyWhatIsOutCanBeDeleted() {
        var draft = work.post(new When.Draft(), work.account("draft"))
                .publications()
                .getFirst()
                .id();

        assertThatThrownBy(() -> delete(draft)).satisfies(is(NOT_PUBLISHED));
    }

    @Test
    void whatNobodyTakesIsAnsweredWhenPatienceEnds() {
        try (var idle = new Workshop(Map.of("carillon.platform-commands.max-wait", "300ms"))) {
            idle.start();
            var id = idle.publish("slow");
            idle.awaitStatus(id, PublicationStatus.PUBLISHED);
            idle.bean(WorkerRole.class).close();

            var result = idle.bean(DeleteService.class).delete(idle.actor(), id);

            assertThat(result.done()).isFalse();
            assertThat(idle.bean(PlatformCommandService.class).claim(10, Duration.ofSeconds(1), List.of()))
                    .singleElement()
                    .satisfies(claimed ->
                            assertThat(claimed.command().publication()).isEqualTo(id));
        }
    }

    private PublicationId unresolved() {
        work.platform().answers(request -> {
            request.keep().accept(new Checkpoint(Map.of("key", "1")));
            return new PublishOutcome.Unconfirmed(NO_ANSWER);
        });
        var id = work.publish("doubted");
        work.awaitStatus(id, PublicationStatus.OUTCOME_UNKNOWN);
        return id;
    }

    private PublicationId published() {
        var id = work.publish("stands");
        work.awaitStatus(id, PublicationStatus.PUBLISHED);
        return id;
    }

    private CommandResult reconcile(PublicationId id) {
        return work.bean(ReconciliationRequests.class).reconcile(work.actor(), id);
    }

    private CommandResult delete(PublicationId id) {
        return work.bean(DeleteService.class).delete(work.actor(), id);
    }

    /** An error that connectors never report: the thread ends, and the command stays claimed until its lease expires. */
    private static final class Killed extends Error {}

    private static Consumer<Throwable> is(ErrorCode code) {
        return thrown -> assertThat(((ApiException) thrown).code()).isEqualTo(code);
    }
}
