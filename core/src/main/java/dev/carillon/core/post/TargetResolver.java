package dev.carillon.core.post;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.SandboxAccounts;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.publication.SandboxedPosts;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Determines the actor and the accounts of a new post: those that the caller asked for or, for a simulated post,
 * sandbox accounts in test mode.
 */
@Singleton
class TargetResolver {
    private final PostPlan plan;
    private final SandboxedPosts sandboxed;
    private final SandboxAccounts sandboxAccounts;

    TargetResolver(PostPlan plan, SandboxedPosts sandboxed, SandboxAccounts sandboxAccounts) {
        this.plan = plan;
        this.sandboxed = sandboxed;
        this.sandboxAccounts = sandboxAccounts;
    }

    /**
     * The actor, the draft and the accounts of a post.
     *
     * @param draft names the accounts in {@code accounts}
     * @param accounts one for each target, in the same order
     * @param liveAccounts the live accounts that the caller named; empty if {@code accounts} are those accounts
     */
    record ResolvedPost(Actor actor, NewPost draft, List<Account> accounts, List<AccountId> liveAccounts) {
        /** Whether this is a live key's post that the sandbox simulates. */
        boolean sandbox() {
            return !liveAccounts.isEmpty();
        }

        /** A JSON pointer to the target or thread part that the publication at this position comes from. */
        String pointerOf(int position) {
            int first = 0;
            for (int i = 0; i < draft.targets().size(); i++) {
                var target = draft.targets().get(i);
                int parts = 1 + draft.threadOf(target).size();
                if (position < first + parts) {
                    return pointerOf(target, PostPlan.placeOf(target, i), position - first);
                }
                first += parts;
            }
            throw new IndexOutOfBoundsException(position);
        }

        private static String pointerOf(NewTarget target, int place, int part) {
            if (part == 0) {
                return "/targets/%d".formatted(place);
            }
            return target.thread() == null
                    ? "/thread/%d".formatted(part - 1)
                    : "/targets/%d/thread/%d".formatted(place, part - 1);
        }

        @Nullable
        AccountId liveAccount(int target) {
            return sandbox() ? liveAccounts.get(target) : null;
        }
    }

    /**
     * Joins the open transaction. Named accounts are always looked up in the caller's own mode.
     *
     * @throws dev.carillon.core.kernel.ApiException with the target and what is wrong with it
     */
    ResolvedPost resolve(Actor caller, NewPost draft) {
        var resolved = plan.resolveTargets(caller, draft);
        var named = resolved.accounts();
        var actor = sandboxed.actorFor(caller, draft.sandbox());
        if (actor.mode() == caller.mode()) {
            return new ResolvedPost(caller, resolved.draft(), named, List.of());
        }
        var accounts = sandboxAccounts.of(named);
        return new ResolvedPost(actor, resolved.draft().on(ids(accounts)), accounts, ids(named));
    }

    private static List<AccountId> ids(List<Account> accounts) {
        return accounts.stream().map(Account::id).toList();
    }
}
