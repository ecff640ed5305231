package dev.carillon.core.kernel;

import java.util.UUID;

/** An invitation into a workspace. */
public record InvitationId(UUID value) implements Id {
    public static final IdKind<InvitationId> KIND = IdKind.of("inv", InvitationId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
