package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.connectors.rules.PublishWindows;
import dev.carillon.connectors.sandbox.SandboxApi.Accepted;
import dev.carillon.connectors.sandbox.SandboxApi.NewPost;
import dev.carillon.connectors.sandbox.SandboxApi.Registration;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.DeletesPosts;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PlatformTicket;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.platform.PublishWindow;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.platform.RuleViolation;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Simulates every platform in test mode, and none in live mode. An account is registered there with its first post. */
@Singleton
public final class SandboxConnector implements LinksAccounts, DeletesPosts {
    private static final String USERNAME = "username";
    private static final String ACCESS_EXPIRES_AT = "access_expires_at";
    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cntrl}]{1,255}");

    private final SandboxApi api;
    private final SandboxLookUp lookUp;
    private final SimulatedRules rules;
    private final Clocks clocks;

    SandboxConnector(SandboxApi api, SandboxLookUp lookUp, SimulatedRules rules, Clocks clocks) {
        this.api = api;
        this.lookUp = lookUp;
        this.rules = rules;
        this.clocks = clocks;
    }

    @Override
    public Set<Platform> serves(Mode mode) {
        return mode == Mode.TEST ? EnumSet.allOf(Platform.class) : Set.of();
    }

    @Override
    public RecoveryCapability recoveryCapability(Platform platform) {
        return SimulatedCapabilities.of(platform);
    }

    @Override
    public List<RuleViolation> check(Platform platform, String text, Map<String, Object> settings) {
        return rules.of(platform).check(text, settings);
    }

    @Override
    public List<RuleViolation> checkThread(Platform platform, List<String> thread, Map<String, Object> settings) {
        return rules.of(platform).checkThread(thread, settings);
    }

    @Override
    public List<PublishWindow> windows(Platform platform) {
        return PublishWindows.of(platform);
    }

    /**
     * Needs no credentials and no call: a name is enough, and the same name is the same account. Access may have an
     * expiry.
     */
    @Override
    public Linking link(Map<String, String> input) {
        for (var field : input.keySet()) {
            if (!field.equals(USERNAME) && !field.equals(ACCESS_EXPIRES_AT)) {
                return new Linking.InputRefused(field, "Test mode needs no credentials; send only a username.");
            }
        }
        var username = input.getOrDefault(USERNAME, "").strip();
        if (!ONE_LINE.matcher(username).matches()) {
            return new Linking.InputRefused(USERNAME, "Send a username of 1 to 255 characters, on one line.");
        }
        var expiresAt = Optional.ofNullable(input.get(ACCESS_EXPIRES_AT)).map(Instant::parse);
        var identity = new Identity(username, username, null, null, "sandbox", expiresAt.orElse(null));
        return new Linking.Linked(identity, Credentials.NONE);
    }

    @Override
    public PublishOutcome publish(PublishRequest request) {
        var account = request.account();
        var replyTo = request.replyTo();
        var simulated = rules.of(account.platform());
        var settings = replyTo == null ? request.settings() : simulated.settingsOfParts(request.settings());
        var violations = simulated.check(request.text(), settings);
        if (!violations.isEmpty()) {
            return new Rejected(
                    Failure.of(ErrorCode.CONTENT_INVALID, violations.getFirst().message()));
        }
        var answered = replyTo == null ? null : replyTo.parent().id();
        if (replyTo != null && answered == null) {
            return new Rejected(
                    Failure.of(ErrorCode.REPLY_TARGET_MISSING, "The id of the post to reply to is not known."));
        }
        var deadline = request.deadline();
        var clientKey = request.publication().toString();
        var capability = recoveryCapability(account.platform());
        request.keep().accept(lookUp.checkpoint(capability, account, clientKey, request.text(), answered));
        var post = new NewPost(
                account.workspace().toString(),
                account.platform().wireName(),
                request.text(),
                clientKey,
                // A network without idempotency takes a repetition for a second post, and the sandbox does the same.
                capability == RecoveryCapability.OWN_IDEMPOTENCY,
                answered,
                settings,
                account.accessExpiresAt());
        var reply = api.post(account.id().toString(), post, nowOf(account), deadline);
        return api.isUnregistered(reply) ? registerAndPost(account, post, deadline) : outcome(reply, account);
    }

    @Override
    public LookUp find(ConnectedAccount account, Checkpoint checkpoint, Deadline deadline) {
        return lookUp.find(recoveryCapability(account.platform()), account, checkpoint, deadline);
    }

    @Override
    public LookUp stands(ConnectedAccount account, PlatformPost post, Checkpoint checkpoint, Deadline deadline) {
        return lookUp.stands(recoveryCapability(account.platform()), account, post, deadline);
    }

    @Override
    public PublishOutcome poll(ConnectedAccount account, PlatformTicket ticket, Deadline deadline) {
        return SandboxTickets.ask(api, account, ticket, nowOf(account), deadline);
    }

    /** TikTok's posting API cannot delete, and neither can the sandbox for TikTok. */
    @Override
    public boolean deletes(Platform platform) {
        return platform != Platform.TIKTOK;
    }

    @Override
    public Deletion delete(
            ConnectedAccount account, String platformPostId, Map<String, String> refs, Deadline deadline) {
        var reply = api.delete(account.id().toString(), platformPostId, nowOf(account), deadline);
        return switch (reply) {
            case Answered answer when answer.ok() || answer.status() == 404 -> new Deletion.Deleted();
            case Answered answer -> new Deletion.NotDeleted(CallOutcomes.failureOf(refusal(answer, account)));
            case NeverSent unsent ->
                new Deletion.NotDeleted(CallOutcomes.notSent(unsent).failure());
            case NoAnswer silent ->
                new Deletion.NotDeleted(CallOutcomes.noAnswer(silent).failure());
        };
    }

    private PublishOutcome registerAndPost(ConnectedAccount account, NewPost post, Deadline deadline) {
        var registration = new Registration(account.platform().wireName(), account.username());
        var reply = api.register(account.id().toString(), registration, deadline);
        if (reply instanceof Answered answer && answer.ok()) {
            return outcome(api.post(account.id().toString(), post, nowOf(account), deadline), account);
        }
        return CallOutcomes.beforeThePost(outcome(reply, account));
    }

    private PublishOutcome outcome(OutboundReply reply, ConnectedAccount account) {
        return switch (reply) {
            case Answered answer when answer.status() == SandboxTickets.TAKEN -> SandboxTickets.of(api, answer);
            case Answered answer
            when answer.ok() ->
                api.read(answer, Accepted.class)
                        .flatMap(SandboxApi::post)
                        .<PublishOutcome>map(Published::new)
                        .orElseGet(() -> CallOutcomes.unreadable(SandboxErrors.PLATFORM, answer));
            case Answered answer -> refusal(answer, account);
            case NeverSent unsent -> CallOutcomes.notSent(unsent);
            case NoAnswer silent -> CallOutcomes.noAnswer(silent);
        };
    }

    private PublishOutcome refusal(Answered answer, ConnectedAccount account) {
        return SandboxErrors.outcome(answer, api.trouble(answer), nowOf(account));
    }

    private Instant nowOf(ConnectedAccount account) {
        return clocks.now(account.workspace(), account.mode());
    }
}
