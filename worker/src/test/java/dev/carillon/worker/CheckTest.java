package dev.carillon.worker;

import static dev.carillon.core.kernel.ErrorCode.ALREADY_PUBLISHED;
import static dev.carillon.core.kernel.ErrorCode.NOTHING_TO_RETRY;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_REJECTED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_UNAVAILABLE;
import static dev.carillon.worker.Workshop.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostService;
import dev.carillon.core.post.RetryService;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.PublicationService;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.attempt.Attempt;
import dev.carillon.core.publication.intervention.DeleteService;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks and retries after a publication has ended, and cancels before that. */
@Timeout(60)
class CheckTest {
    private Workshop work;

    @BeforeEach
    void start() {
        work = new Workshop(Map.of(
                        "carillon.publishing.checks", "200ms,100ms", "carillon.platform-commands.max-wait", "15s"))
                .start();
    }

    @AfterEach
    void stop() {
        work.close();
    }

    @Test
    void aPostThatVanishesIsFlaggedOnceAndNeverSentAgain() {
        work.platform().answersStanding(new LookUp.Absent());

        var id = work.publish("vanishes");
        await().atMost(SOON).until(() -> work.get(id).followUp().vanishedAt() != null);

        assertThat(work.get(id).status()).isEqualTo(PublicationStatus.PUBLISHED);
        assertThat(work.get(id).followUp().checkAt()).isNull();
        assertThat(work.events(id)).containsExactly("publication.published", "publication.vanished");
        assertThat(work.steps(id)).containsExactly("vanished");
        assertThat(work.platform().received()).hasSize(1);
        assertThat(work.reservation(id)).isEqualTo("settled");
    }

    @Test
    void aPostThatStandsIsLookedAtOnceAndNothingIsWrittenOfIt() {
        var id = work.publish("stands");
        work.awaitStatus(id, PublicationStatus.PUBLISHED);

        awaitChecked(id);

        assertThat(work.get(id).followUp().vanishedAt()).isNull();
        assertThat(work.steps(id)).isEmpty();
        assertThat(work.events(id)).containsExactly("publication.published");
    }

    @Test
    void aPlatformThatDoesNotSayIsAskedAsOftenAsTheScheduleHas() {
        for (int i = 0; i < 3; i++) {
            work.platform().answersStanding(new LookUp.NotAnswered(Failure.of(PLATFORM_UNAVAILABLE, "down")));
        }

        var id = work.publish("silent");
        work.awaitStatus(id, PublicationStatus.PUBLISHED);
        awaitChecked(id);

        assertThat(work.steps(id)).containsExactly("checked", "checked");
    }

    @Test
    void aPlatformThatCannotBeAskedIsNotAsked() {
        work.platform().reconcilesBy(RecoveryCapability.NOT_ANSWERABLE);

        var id = work.publish("closed");

        assertThat(work.awaitStatus(id, PublicationStatus.PUBLISHED).followUp().checkAt())
                .isNull();
    }

    @Test
    void whatItsOwnerHasDeletedHasNotVanished() {
        work.platform().answersStanding(new LookUp.NotAnswered(Failure.of(PLATFORM_UNAVAILABLE, "down")));
        work.platform().answersStanding(new LookUp.Absent());
        var id = work.publish("deleted");
        work.awaitStatus(id, PublicationStatus.PUBLISHED);

        work.bean(DeleteService.class).delete(work.actor(), id);

        awaitChecked(id);
        assertThat(work.get(id).followUp().deletedAt()).isNotNull();
        assertThat(work.get(id).followUp().vanishedAt()).isNull();
    }

    @Test
    void whatHasFailedIsSentAgainWithItsHistoryAndItsCostIsHeldAnew() {
        var post = failed();
        var id = post.publications().getFirst().id();
        assertThat(work.reservation(id)).isEqualTo("released");
        work.platform().answers(request -> {
            assertThat(work.reservation(id)).isEqualTo("reserved");
            return new PublishOutcome.Unavailable(Failure.of(PLATFORM_UNAVAILABLE, "down"));
        });

        retry(post);
        work.awaitStatus(id, PublicationStatus.PUBLISHED);

        assertThat(work.attempts(id)).extracting(Attempt::number).containsExactly(1, 2, 3);
        assertThat(work.attempts(id))
                .extracting(Attempt::outcome)
                .containsExactly("rejected", "unavailable", "published");
        assertThat(work.reservation(id)).isEqualTo("settled");
        assertThat(work.steps(id)).contains("retry_requested");
        assertThat(work.count("SELECT count(*) AS n FROM meter_event")).isOne();
    }

    // A retry that includes published publications would publish them twice.
    @Test
    void aRetryLeavesAloneWhatIsPublishedAndRefusesToBeToldOtherwise() {
        work.platform().answers(request -> new PublishOutcome.Rejected(Failure.of(PLATFORM_REJECTED, "no")));
        var post = work.post(work.account("one"), work.account("other"));
        awaitStatus(post, PostStatus.PARTIALLY_PUBLISHED);
        var published = only(post, PublicationStatus.PUBLISHED);
        var account = work.get(published).account();

        assertThatThrownBy(() -> retry(post, published)).satisfies(is(ALREADY_PUBLISHED));
        assertThatThrownBy(() -> retry(post, account)).satisfies(is(ALREADY_PUBLISHED));
        retry(post);
        awaitStatus(post, PostStatus.PUBLISHED);

        assertThat(work.attempts(published)).hasSize(1);
        assertThat(work.platform().received()).hasSize(3);
        assertThatThrownBy(() -> retry(post)).satisfies(is(NOTHING_TO_RETRY));
    }

    @Test
    void theAccountOfARetryHasToBeConnected() {
        var post = failed();
        var account = post.publications().getFirst().account();
        work.bean(AccountService.class).disconnect(work.actor(), account);

        assertThatThrownBy(() -> retry(post)).satisfies(is(ErrorCode.ACCOUNT_DISCONNECTED));
    }

    // A publication is never both canceled and published: the database decides which came first.
    @Test
    void aCancelOfOnePublicationThatWinsMeansNoCallAndOneThatLosesIsRefused() {
        var account = work.account("race");
        for (int i = 0; i < 20; i++) {
            var id = work.post(account).publications().getFirst().id();
            boolean canceled = cancel(id);
            await().atMost(SOON).until(() -> work.get(id).status().isTerminal());

            assertThat(work.get(id).status())
                    .isEqualTo(canceled ? PublicationStatus.CANCELED : PublicationStatus.PUBLISHED);
            assertThat(work.platform().received().stream()
                            .map(PublishRequest::publication)
                            .toList()
                            .contains(id))
                    .isNotEqualTo(canceled);
        }
    }

    private boolean cancel(PublicationId id) {
        try {
            var publications = work.bean(PublicationService.class);
            var canceled = publications.cancel(work.actor(), id);
            assertThat(publications.cancel(work.actor(), id)).isEqualTo(canceled);
            return true;
        } catch (ApiException refused) {
            assertThat(refused.code()).isIn(ErrorCode.ALREADY_PUBLISHING, ErrorCode.NOT_CANCELABLE);
            return false;
        }
    }

    private void awaitChecked(PublicationId id) {
        await().atMost(SOON).until(() -> work.get(id).followUp().checkAt() == null);
    }

    private Post failed() {
        work.platform().answers(request -> new PublishOutcome.Rejected(Failure.of(PLATFORM_REJECTED, "no")));
        var post = work.post(work.account("fails"));
        awaitStatus(post, PostStatus.FAILED);
        return post;
    }

    private void awaitStatus(Post post, PostStatus status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(read(post).status()).isEqualTo(status));
    }

    private Post read(Post post) {
        return work.bean(PostService.class).get(work.actor(), post.id());
    }

    private PublicationId only(Post post, PublicationStatus status) {
        return read(post).publications().stream()
                .filter(publication -> publication.status() == status)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private void retry(Post post, Id... targets) {
        work.bean(RetryService.class).retry(work.actor(), post.id(), List.of(targets), false);
    }

    private static Consumer<Throwable> is(ErrorCode code) {
        return thrown -> assertThat(((ApiException) thrown).code()).isEqualTo(code);
    }
}
