package dev.carillon.api.post;

import dev.carillon.api.account.AccountExpansion;
import dev.carillon.api.account.ExpandedAccounts;
import dev.carillon.api.input.Expansion;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostService;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The forms in which a post is shown, and changes of posts that are compared with them. */
@Singleton
final class PostConditions {
    private static final String ACCOUNTS = "publications.account";
    static final Set<String> EXPANDABLE = Set.of(ACCOUNTS, "publications.account.account_group");

    private final ConditionalWrites conditions;
    private final PostService posts;
    private final AccountExpansion expansion;

    PostConditions(ConditionalWrites conditions, PostService posts, AccountExpansion expansion) {
        this.conditions = conditions;
        this.posts = posts;
        this.expansion = expansion;
    }

    /** Changes the post and returns its new state, only if it still matches the request's {@code If-Match}. */
    Supplier<PostResponse> guarded(Actor actor, HttpRequest<?> request, PostId post, Supplier<Post> change) {
        return conditions.guarded(
                actor, request, post, () -> shown(actor, post), () -> PostResponse.of(actor, change.get()));
    }

    private List<PostResponse> shown(Actor actor, PostId id) {
        var post = posts.get(actor, id);
        return expansion.forms(actor, EXPANDABLE).stream()
                .map(form -> PostResponse.of(actor, post, accountsOf(actor, form, List.of(post))))
                .toList();
    }

    /** The accounts of these posts that are to be shown in full. */
    ExpandedAccounts accountsOf(Actor actor, Expansion inFull, List<Post> shown) {
        var ids = shown.stream()
                .flatMap(post -> post.publications().stream())
                .map(publication -> publication.accountIn(actor.mode()))
                .collect(Collectors.toSet());
        return expansion.of(actor, inFull, ACCOUNTS, ids);
    }
}
