package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.connectors.http.JsonHttp;
import dev.carillon.connectors.rules.PublishWindows;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.net.OutboundUrls;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.CredentialStore;
import dev.carillon.core.platform.CredentialStore.CredentialsGone;
import dev.carillon.core.platform.DeletesPosts;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.AccessLost;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.platform.PublishWindow;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.platform.RuleViolation;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Publishes to Bluesky in live mode: any server of the AT Protocol that the outbound guard lets us reach. */
@Singleton
public final class BlueskyConnector implements LinksAccounts, DeletesPosts {
    static final String DEFAULT_SERVER = "https://bsky.social";
    private static final Failure DISCONNECTED =
            Failure.of(ErrorCode.ACCOUNT_DISCONNECTED, "The account has been disconnected.");

    private final JsonHttp http;
    private final CredentialStore credentials;
    private final Clocks clocks;
    private final BlueskyContentRules rules;
    private final AccountLink link;
    private final RecordKeys keys = new RecordKeys();

    BlueskyConnector(
            JsonHttp http, OutboundUrls urls, CredentialStore credentials, Clocks clocks, BlueskyContentRules rules) {
        this.http = http;
        this.credentials = credentials;
        this.clocks = clocks;
        this.rules = rules;
        this.link = new AccountLink(http, urls);
    }

    @Override
    public Set<Platform> serves(Mode mode) {
        return mode == Mode.LIVE ? Set.of(Platform.BLUESKY) : Set.of();
    }

    @Override
    public RecoveryCapability recoveryCapability(Platform platform) {
        return RecoveryCapability.OWN_IDEMPOTENCY;
    }

    @Override
    public List<RuleViolation> check(Platform platform, String text, Map<String, Object> settings) {
        return rules.check(text, settings);
    }

    @Override
    public List<RuleViolation> checkThread(Platform platform, List<String> thread, Map<String, Object> settings) {
        return rules.checkThread(thread, settings);
    }

    @Override
    public List<PublishWindow> windows(Platform platform) {
        return PublishWindows.of(platform);
    }

    @Override
    public Linking link(Map<String, String> input) {
        return link.link(input);
    }

    @Override
    public PublishOutcome publish(PublishRequest request) {
        var xrpc = xrpc(request.account(), request.deadline());
        var decided = Draft.of(request.checkpoint());
        var settings = request.replyTo() == null ? request.settings() : rules.settingsOfParts(request.settings());
        var violations = decided.isPresent() ? List.<RuleViolation>of() : rules.check(request.text(), settings);
        if (!violations.isEmpty()) {
            return new Rejected(
                    Failure.of(ErrorCode.CONTENT_INVALID, violations.getFirst().message()));
        }
        try {
            var now = now(request.account());
            var session = new AccountSession(xrpc, request.account(), credentials, now);
            var attempt = new PublishAttempt(xrpc, session, request, rules.settings(settings), keys, now);
            return decided.map(attempt::again).orElseGet(attempt::first);
        } catch (RenewalRefused refused) {
            return refused.outcome();
        } catch (CredentialsGone gone) {
            return new AccessLost(DISCONNECTED);
        }
    }

    @Override
    public LookUp find(ConnectedAccount account, Checkpoint checkpoint, Deadline deadline) {
        // Without a checkpoint nothing was sent, because the checkpoint is stored before the first byte goes out.
        return Draft.of(checkpoint)
                .map(draft -> PostLookUp.of(xrpc(account, deadline), account.externalId(), draft, now(account)))
                .orElseGet(LookUp.NeverSent::new);
    }

    /**
     * Deletes the gates too. Each deletion also succeeds if the record does not exist, so repeating it completes the
     * work.
     */
    @Override
    public Deletion delete(
            ConnectedAccount account, String platformPostId, Map<String, String> refs, Deadline deadline) {
        var records = new ArrayList<>(List.of(deletion(account, Records.POST, platformPostId)));
        Optional.ofNullable(refs.get("threadgate"))
                .ifPresent(uri -> records.add(deletion(account, Records.THREADGATE, uri)));
        Optional.ofNullable(refs.get("postgate"))
                .ifPresent(uri -> records.add(deletion(account, Records.POSTGATE, uri)));
        try {
            var session = new AccountSession(xrpc(account, deadline), account, credentials, now(account));
            return records.stream()
                    .map(record -> delete(session, record))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .<Deletion>map(Deletion.NotDeleted::new)
                    .orElseGet(Deletion.Deleted::new);
        } catch (RenewalRefused refused) {
            return new Deletion.NotDeleted(CallOutcomes.failureOf(refused.outcome()));
        } catch (CredentialsGone gone) {
            return new Deletion.NotDeleted(DISCONNECTED);
        }
    }

    private static Writes.Delete deletion(ConnectedAccount account, String collection, String uri) {
        return new Writes.Delete(account.externalId(), collection, RecordUri.keyOf(uri));
    }

    private static Optional<Failure> delete(AccountSession session, Writes.Delete record) {
        OutboundReply reply = session.write("com.atproto.repo.deleteRecord", record);
        return switch (reply) {
            case Answered answer when answer.ok() -> Optional.empty();
            case Answered answer -> Optional.of(CallOutcomes.failureOf(session.refusal(answer)));
            case NeverSent unsent -> Optional.of(CallOutcomes.notSent(unsent).failure());
            case NoAnswer silent -> Optional.of(CallOutcomes.noAnswer(silent).failure());
        };
    }

    private Xrpc xrpc(ConnectedAccount account, Deadline deadline) {
        var server = Optional.ofNullable(account.serviceUrl()).orElse(DEFAULT_SERVER);
        return new Xrpc(http, server, deadline);
    }

    private Supplier<Instant> now(ConnectedAccount account) {
        return () -> clocks.now(account.workspace(), account.mode());
    }
}
