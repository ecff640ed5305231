package dev.carillon.core.kernel;

import java.util.UUID;

/** A group of accounts. */
public record AccountGroupId(UUID value) implements Id {
    public static final IdKind<AccountGroupId> KIND = IdKind.of("grp", AccountGroupId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
