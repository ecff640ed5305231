package dev.carillon.api.post;

import dev.carillon.api.account.ExpandedAccounts;
import dev.carillon.api.input.Sorted;
import dev.carillon.api.protocol.Revised;
import dev.carillon.api.publication.PublicationResponse;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.post.AcceptedPost;
import dev.carillon.core.post.Post;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.RevisionContent;
import dev.carillon.core.publication.RevisionContent.TargetContent;
import dev.carillon.core.publication.ThreadPart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message and its publication on each account.
 *
 * @param object always {@code post}
 * @param status derived from the publications: draft, pending_approval, scheduled, in_progress, published, partially_published, failed or
 *     canceled
 * @param text the text for targets without their own text
 * @param thread the thread for targets without their own thread
 * @param targets the accounts, as a key of this mode knows them, and what differs for each
 * @param publishAt when the post is to be published; null for a draft
 * @param graceSeconds how many seconds late the post may still be published; null: the workspace's setting applies
 * @param misfirePolicy what happens to the post when it is later than that, skip or publish; null: the workspace's setting applies
 * @param revision starts at 1; every edit increases it
 * @param publications the post, and each part of its thread, on each account
 * @param actor who created the post
 * @param sandbox whether a live key had the sandbox simulate the post, in test mode and on sandbox accounts
 * @param webhookUrl a URL that receives the post's own events, in addition to the workspace's endpoints
 * @param warnings what was accepted but may be unintended; only in the reply that accepts the post
 */
@Wire
public record PostResponse(
        String id,
        String object,
        String status,
        String text,
        List<Part> thread,
        List<Target> targets,
        @Nullable Instant publishAt,
        @Nullable Long graceSeconds,
        @Nullable String misfirePolicy,
        int revision,
        List<PublicationResponse> publications,
        List<Warning> warnings,
        Map<String, Object> metadata,
        Creator actor,
        boolean sandbox,
        @Nullable String webhookUrl,
        boolean livemode,
        Instant createdAt,
        Instant updatedAt)
        implements Revised {

    /**
     * The creator of the post.
     *
     * @param apiKeyId the key that was used; null if a member created it
     * @param memberId the signed-in member; null if a key created it
     * @param agentId the agent that owns the key; null if no agent does
     */
    @Wire
    public record Creator(
            @Nullable String apiKeyId,
            @Nullable String memberId,
            @Nullable String agentId) {}

    /**
     * One account to post to.
     *
     * @param text replaces the post's text for this target; null to use the post's text
     * @param thread replaces the post's thread for this target; null to use the post's thread
     * @param settings the platform's own settings
     */
    @Wire
    public record Target(
            String accountId,
            @Nullable String text,
            @Nullable List<Part> thread,
            Map<String, Object> settings) {}

    /** One part of a thread. */
    @Wire
    public record Part(String text) {
        static List<Part> of(List<ThreadPart> thread) {
            return thread.stream().map(part -> new Part(part.text())).toList();
        }

        /** Keeps the text of the post out of logs. */
        @Override
        public String toString() {
            return "Part[]";
        }
    }

    /**
     * Something that was accepted but may be unintended.
     *
     * @param code the stable name to branch on: {@code publish_time_close}
     * @param message what was found
     * @param pointer a JSON pointer into the request's body
     */
    @Wire
    public record Warning(String code, String message, String pointer) {}

    /** The post as this caller sees it. */
    static PostResponse of(Actor caller, Post post) {
        return of(caller, post, List.of());
    }

    /** The same, with those accounts of its publications in full that the map contains. */
    static PostResponse of(Actor caller, Post post, ExpandedAccounts accounts) {
        return of(caller, post, List.of(), accounts);
    }

    static PostResponse of(Actor caller, AcceptedPost accepted) {
        return of(
                caller,
                accepted.post(),
                accepted.warnings().stream()
                        .map(each -> new Warning(each.code(), each.message(), each.pointer()))
                        .toList());
    }

    static PostResponse of(Actor caller, Post post, List<Warning> warnings) {
        return of(caller, post, warnings, ExpandedAccounts.NONE);
    }

    private static PostResponse of(Actor caller, Post post, List<Warning> warnings, ExpandedAccounts accounts) {
        var content = post.content();
        var grace = post.late().grace();
        var misfirePolicy = post.late().misfirePolicy();
        return new PostResponse(
                post.id().toString(),
                "post",
                post.status().wireName(),
                content.text(),
                Part.of(content.thread()),
                post.publications().stream()
                        .filter(publication -> publication.part() == 0)
                        .map(publication -> target(caller, content, publication))
                        .toList(),
                post.publishAt(),
                grace == null ? null : grace.toSeconds(),
                misfirePolicy == null ? null : misfirePolicy.wireName(),
                post.revision(),
                post.publications().stream()
                        .map(publication -> PublicationResponse.of(caller, publication, accounts))
                        .toList(),
                warnings,
                Sorted.byKey(post.metadata()),
                new Creator(
                        Objects.toString(post.creator().key(), null),
                        Objects.toString(post.creator().member(), null),
                        Objects.toString(post.creator().agent(), null)),
                post.sandbox(),
                post.webhookUrl(),
                post.tenant().mode().livemode(),
                post.createdAt(),
                post.updatedAt());
    }

    private static Target target(Actor caller, RevisionContent content, Publication publication) {
        var own = content.targets().getOrDefault(publication.account().toString(), TargetContent.SAME);
        return new Target(
                publication.accountIn(caller.mode()).toString(),
                own.text(),
                own.thread() == null ? null : Part.of(own.thread()),
                Sorted.byKey(own.settings()));
    }

    /** Keeps the text of the post out of logs. */
    @Override
    public String toString() {
        return "PostResponse[" + id + "]";
    }
}
