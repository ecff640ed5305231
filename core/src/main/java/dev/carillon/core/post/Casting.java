package dev.carillon.core.post;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.StandIns;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.publication.PlayedPosts;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says on whose behalf and on which accounts a new post is made: as its caller asked, or in test mode on stand-ins. */
@Singleton
class Casting {
    private final PostPlan plan;
    private final PlayedPosts played;
    private final StandIns standIns;

    Casting(PostPlan plan, PlayedPosts played, StandIns standIns) {
        this.plan = plan;
        this.played = played;
        this.standIns = standIns;
    }

    /**
     * Who makes what, and where.
     *
     * @param draft names the accounts that follow
     * @param accounts of the targets, in their order
     * @param standsInFor the live accounts that the caller named; empty where {@code accounts} are those
     */
    record Cast(Actor actor, NewPost draft, List<Account> accounts, List<AccountId> standsInFor) {
        /** Whether a live key has it played. */
        boolean sandbox() {
            return !standsInFor.isEmpty();
        }

        /** Where the caller named the target of this position. */
        int placeOf(int position) {
            return PostPlan.placeOf(draft.targets().get(position), position);
        }

        @Nullable
        AccountId standsInFor(int position) {
            return sandbox() ? standsInFor.get(position) : null;
        }
    }

    /**
     * Joins the open transaction. The accounts that are named are always looked for in the caller's own mode.
     *
     * @throws dev.carillon.core.kernel.Refusal naming the target and what is wrong with it
     */
    Cast of(Actor caller, NewPost draft) {
        var addressed = plan.address(caller, draft);
        var named = addressed.accounts();
        var actor = played.actorFor(caller, draft.sandbox());
        if (actor.mode() == caller.mode()) {
            return new Cast(caller, addressed.draft(), named, List.of());
        }
        var accounts = standIns.of(named);
        return new Cast(actor, addressed.draft().on(ids(accounts)), accounts, ids(named));
    }

    private static List<AccountId> ids(List<Account> accounts) {
        return accounts.stream().map(Account::id).toList();
    }
}
