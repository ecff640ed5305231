package dev.carillon.core.kernel;

import java.util.UUID;

/** One identity on one platform, connected to a workspace. */
public record AccountId(UUID value) implements Id {
    public static final IdKind<AccountId> KIND = IdKind.of("acct", AccountId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
