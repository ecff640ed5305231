package dev.carillon.core.auth;

import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Id;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The accounts of its workspace and mode that a caller may reach, and with them the posts and publications. */
public sealed interface AccountBounds {
    /** The accounts that are listed. */
    Set<AccountId> accounts();

    /** The groups that are listed. */
    Set<AccountGroupId> groups();

    /** All accounts. */
    record Unbound() implements AccountBounds {
        @Override
        public Set<AccountId> accounts() {
            return Set.of();
        }

        @Override
        public Set<AccountGroupId> groups() {
            return Set.of();
        }
    }

    /**
     * The listed accounts and all accounts that are currently in the listed groups. Ids that no longer exist grant
     * nothing; if nothing is listed, nothing can be reached.
     */
    record Within(Set<AccountId> accounts, Set<AccountGroupId> groups) implements AccountBounds {
        public Within {
            accounts = Set.copyOf(accounts);
            groups = Set.copyOf(groups);
        }

        /** All listed ids. */
        public Set<Id> ids() {
            return Stream.concat(accounts.stream(), groups.stream()).collect(Collectors.toUnmodifiableSet());
        }
    }

    static AccountBounds unbound() {
        return new Unbound();
    }

    /** Whether these bounds reach nothing beyond the others, now and after any later change of the groups. */
    default boolean areWithin(AccountBounds others) {
        return switch (others) {
            case Unbound() -> true;
            case Within outer -> this instanceof Within inner && outer.ids().containsAll(inner.ids());
        };
    }
}
