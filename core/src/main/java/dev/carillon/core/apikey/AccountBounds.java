package dev.carillon.core.apikey;

import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Id;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which accounts of its workspace and mode a caller reaches, and with them which posts and publications. */
public sealed interface AccountBounds {
    /** The accounts that are named. */
    Set<AccountId> accounts();

    /** The groups that are named. */
    Set<AccountGroupId> groups();

    /** All of them. */
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
     * These, and whatever is in these groups at the moment. What is named and no longer exists reaches nothing; nothing at all is named when
     * nothing is to be reached.
     */
    record Within(Set<AccountId> accounts, Set<AccountGroupId> groups) implements AccountBounds {
        public Within {
            accounts = Set.copyOf(accounts);
            groups = Set.copyOf(groups);
        }

        /** All that is named. */
        public Set<Id> ids() {
            return Stream.concat(accounts.stream(), groups.stream()).collect(Collectors.toUnmodifiableSet());
        }
    }

    static AccountBounds unbound() {
        return new Unbound();
    }

    /** Whether these reach nothing beyond the others, now and whatever is put into groups later. */
    default boolean areWithin(AccountBounds others) {
        return switch (others) {
            case Unbound() -> true;
            case Within outer -> this instanceof Within inner && outer.ids().containsAll(inner.ids());
        };
    }
}
