package dev.carillon.core.post;

import static dev.carillon.core.kernel.ErrorCode.ACCOUNT_DISCONNECTED;
import static dev.carillon.core.kernel.ErrorCode.INVALID_PARAMETER;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;
import static dev.carillon.core.kernel.ErrorCode.NO_TARGETS;
import static dev.carillon.core.kernel.ErrorCode.TIME_IN_PAST;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.AccountStatus;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.post.NewPost.Audience;
import dev.carillon.core.post.NewPost.BroadTarget;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Determines the accounts and the time of a new post before anything is written. */
@Singleton
class PostPlan {
    private static final Duration FARTHEST = Duration.ofDays(2 * 366);
    private static final int MOST_TARGETS = 100;

    private final AccountService accounts;

    PostPlan(AccountService accounts) {
        this.accounts = accounts;
    }

    /**
     * A draft in which every target names an account, and these accounts in the order of the targets.
     *
     * @param accounts one for each target
     */
    record ResolvedDraft(NewPost draft, List<Account> accounts) {}

    /**
     * Finds the accounts of the targets, including those that groups and platforms stand for.
     *
     * @throws dev.carillon.core.kernel.ApiException with the target and what is wrong with it
     */
    ResolvedDraft resolveTargets(Actor actor, NewPost draft) {
        if (draft.targets().isEmpty() && draft.broad().isEmpty()) {
            throw NO_TARGETS.at(
                    "/targets", "A post needs at least one target; add an account, group or platform to `targets`.");
        }
        requireFew(draft.targets().size() + draft.broad().size());
        Map<AccountId, Account> known =
                accounts
                        .find(
                                actor.tenant(),
                                draft.targets().stream().map(NewTarget::account).toList())
                        .stream()
                        .collect(Collectors.toMap(Account::id, Function.identity()));
        var seen = new HashSet<AccountId>();
        var found = new TreeMap<Integer, List<Found>>();
        for (int i = 0; i < draft.targets().size(); i++) {
            var target = draft.targets().get(i);
            int place = placeOf(target, i);
            var account = usable(known, target.account(), "/targets/%d/account_id".formatted(place), seen);
            found.put(place, List.of(new Found(target, account)));
        }
        for (var broad : draft.broad()) {
            found.put(broad.place(), reached(actor, broad, seen));
        }
        var all = found.values().stream().flatMap(List::stream).toList();
        requireFew(all.size());
        return new ResolvedDraft(
                draft.to(all.stream().map(Found::target).toList()),
                all.stream().map(Found::account).toList());
    }

    private record Found(NewTarget target, Account account) {}

    private static void requireFew(int targets) {
        if (targets > MOST_TARGETS) {
            throw INVALID_PARAMETER.at(
                    "/targets", "`targets` contains %d accounts; the maximum is %d.".formatted(targets, MOST_TARGETS));
        }
    }

    private List<Found> reached(Actor actor, BroadTarget broad, Set<AccountId> seen) {
        var members = membersOf(actor, broad);
        if (members.isEmpty()) {
            throw NO_TARGETS.at(
                    "/targets/%d".formatted(broad.place()),
                    "This target contains no connected account; connect one, or remove the target.");
        }
        return members.stream()
                .filter(account -> seen.add(account.id()))
                .map(account -> new Found(
                        new NewTarget(account.id(), broad.text(), broad.thread(), broad.settings(), broad.place()),
                        account))
                .toList();
    }

    private List<Account> membersOf(Actor actor, BroadTarget broad) {
        return switch (broad.audience()) {
            case Audience.Group(var id) -> {
                if (!accounts.hasGroup(actor.tenant(), id)) {
                    throw NOT_FOUND.at(
                            "/targets/%d/account_group_id".formatted(broad.place()),
                            "There is no account group %s in this workspace and mode.".formatted(id));
                }
                yield accounts.connectedIn(actor.tenant(), id);
            }
            case Audience.OnPlatform(var platform) -> accounts.connectedOn(actor.tenant(), platform);
        };
    }

    /** The index at which the caller named a target. */
    static int placeOf(NewTarget target, int index) {
        return target.place() == null ? index : target.place();
    }

    private static Account usable(Map<AccountId, Account> known, AccountId id, String pointer, Set<AccountId> seen) {
        var account = known.get(id);
        if (account == null) {
            throw NOT_FOUND.at(pointer, "There is no account %s in this workspace and mode.".formatted(id));
        }
        if (account.status() == AccountStatus.DISCONNECTED) {
            throw ACCOUNT_DISCONNECTED.at(
                    pointer, "Account %s is disconnected; connect it again or remove it from `targets`.".formatted(id));
        }
        if (!seen.add(id)) {
            throw INVALID_PARAMETER.at(
                    pointer,
                    "Account %s is in `targets` twice; each account gets one publication, so remove one of them."
                            .formatted(id));
        }
        return account;
    }

    /** When to publish; null for a draft. */
    @Nullable
    Instant publishAt(When when, Instant now) {
        return switch (when) {
            case When.Draft() -> null;
            case When.Now() -> now;
            case When.At(var time, var allowPast) -> checked(time, allowPast, now);
        };
    }

    private static Instant checked(Instant time, boolean allowPast, Instant now) {
        if (time.isAfter(now.plus(FARTHEST))) {
            throw INVALID_PARAMETER.at(
                    "/publish/at",
                    "%s is more than %d days away; choose an earlier time.".formatted(time, FARTHEST.toDays()));
        }
        if (!time.isBefore(now)) {
            return time;
        }
        if (allowPast) {
            return now;
        }
        throw TIME_IN_PAST.at(
                "/publish/at",
                "%s is in the past; it is %s now. Choose a later time, or publish \"now\".".formatted(time, now));
    }
}
