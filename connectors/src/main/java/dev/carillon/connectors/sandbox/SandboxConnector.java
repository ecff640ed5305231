package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.connectors.rules.PublishWindows;
import dev.carillon.connectors.sandbox.SandboxApi.Accepted;
import dev.carillon.connectors.sandbox.SandboxApi.Matches;
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
import dev.carillon.core.platform.Doubt;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.platform.PublishWindow;
import dev.carillon.core.platform.RuleViolation;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Plays every platform in test mode, and none in live mode. An account is registered over there when it first posts. */
@Singleton
public final class SandboxConnector implements LinksAccounts, DeletesPosts {
    private static final String CLIENT_KEY = "client_key";
    private static final String USERNAME = "username";
    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cntrl}]{1,255}");

    /** The networks that recognise a repetition by themselves; the others take it for a second post, and so it is here. */
    private static final Set<Platform> RECOGNISE_REPETITIONS =
            EnumSet.of(Platform.BLUESKY, Platform.MASTODON, Platform.SANDBOX);

    private final SandboxApi api;
    private final PlayedRules rules;
    private final Clocks clocks;

    SandboxConnector(SandboxApi api, PlayedRules rules, Clocks clocks) {
        this.api = api;
        this.rules = rules;
        this.clocks = clocks;
    }

    @Override
    public Set<Platform> serves(Mode mode) {
        return mode == Mode.TEST ? EnumSet.allOf(Platform.class) : Set.of();
    }

    @Override
    public Doubt doubt(Platform platform) {
        return RECOGNISE_REPETITIONS.contains(platform) ? Doubt.OWN_IDEMPOTENCY : Doubt.EXACT_LOOK_UP;
    }

    @Override
    public List<RuleViolation> check(Platform platform, String text, Map<String, Object> settings) {
        return rules.check(platform, text, settings);
    }

    @Override
    public List<PublishWindow> windows(Platform platform) {
        return PublishWindows.of(platform);
    }

    /** Needs no credentials and no call: a name is enough, and the same name is the same account. */
    @Override
    public Linking link(Map<String, String> input) {
        for (var field : input.keySet()) {
            if (!field.equals(USERNAME)) {
                return new Linking.InputRefused(field, "Test mode needs no credentials; send a username alone.");
            }
        }
        var username = input.getOrDefault(USERNAME, "").strip();
        if (!ONE_LINE.matcher(username).matches()) {
            return new Linking.InputRefused(USERNAME, "Send a username of 1 to 255 characters, in one line.");
        }
        return new Linking.Linked(new Identity(username, username, null, null, "sandbox"), Credentials.NONE);
    }

    @Override
    public PublishOutcome publish(PublishRequest request) {
        var account = request.account();
        var violations = rules.check(account.platform(), request.text(), request.settings());
        if (!violations.isEmpty()) {
            return new Rejected(
                    Failure.of(ErrorCode.CONTENT_INVALID, violations.getFirst().message()));
        }
        var deadline = request.deadline();
        var clientKey = request.publication().toString();
        request.keep().accept(new Checkpoint(Map.of(CLIENT_KEY, clientKey)));
        var post = new NewPost(
                account.platform().wireName(),
                request.text(),
                clientKey,
                RECOGNISE_REPETITIONS.contains(account.platform()),
                request.settings());
        var reply = api.post(account.id().toString(), post, deadline);
        return isUnregistered(reply) ? registerAndPost(account, post, deadline) : outcome(reply, account);
    }

    @Override
    public LookUp find(ConnectedAccount account, Checkpoint checkpoint, Deadline deadline) {
        return checkpoint
                .value(CLIENT_KEY)
                .map(key -> lookUp(api.withClientKey(account.id().toString(), key, deadline), account))
                .orElseGet(LookUp.Absent::new);
    }

    @Override
    public Deletion delete(
            ConnectedAccount account, String platformPostId, Map<String, String> refs, Deadline deadline) {
        var reply = api.delete(account.id().toString(), platformPostId, deadline);
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
            return outcome(api.post(account.id().toString(), post, deadline), account);
        }
        return CallOutcomes.beforeThePost(outcome(reply, account));
    }

    private PublishOutcome outcome(OutboundReply reply, ConnectedAccount account) {
        return switch (reply) {
            case Answered answer
            when answer.ok() ->
                api.read(answer, Accepted.class)
                        .flatMap(SandboxConnector::post)
                        .<PublishOutcome>map(Published::new)
                        .orElseGet(() -> CallOutcomes.unreadable(SandboxErrors.PLATFORM, answer));
            case Answered answer -> refusal(answer, account);
            case NeverSent unsent -> CallOutcomes.notSent(unsent);
            case NoAnswer silent -> CallOutcomes.noAnswer(silent);
        };
    }

    private LookUp lookUp(OutboundReply reply, ConnectedAccount account) {
        return switch (reply) {
            case Answered answer when answer.ok() -> found(answer);
            case Answered answer when isUnregistered(answer) -> new LookUp.Absent();
            case Answered answer -> CallOutcomes.notAnswered(refusal(answer, account));
            case NeverSent unsent -> CallOutcomes.notAnswered(CallOutcomes.notSent(unsent));
            case NoAnswer silent -> CallOutcomes.notAnswered(CallOutcomes.noAnswer(silent));
        };
    }

    private LookUp found(Answered answer) {
        var matches = api.read(answer, Matches.class).flatMap(read -> Optional.ofNullable(read.data()));
        if (matches.isEmpty()) {
            return new LookUp.NotAnswered(
                    CallOutcomes.unreadable(SandboxErrors.PLATFORM, answer).failure());
        }
        return matches.get().stream()
                .map(SandboxConnector::post)
                .flatMap(Optional::stream)
                .findFirst()
                .<LookUp>map(LookUp.Found::new)
                .orElseGet(LookUp.Absent::new);
    }

    private PublishOutcome refusal(Answered answer, ConnectedAccount account) {
        return SandboxErrors.outcome(answer, api.trouble(answer), clocks.now(account.workspace(), account.mode()));
    }

    private boolean isUnregistered(OutboundReply reply) {
        return reply instanceof Answered answer
                && answer.status() == 404
                && api.trouble(answer).code().equals(SandboxErrors.ACCOUNT_NOT_FOUND);
    }

    private static Optional<PlatformPost> post(Accepted accepted) {
        var id = accepted.id();
        var url = accepted.url();
        return id == null || url == null ? Optional.empty() : Optional.of(new PlatformPost(id, url, Map.of("id", id)));
    }
}
