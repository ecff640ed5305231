package dev.carillon.core.kernel;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Creates ids: UUIDv7, in ascending order within one process. */
@Singleton
public class Ids {
    public <T extends Id> T next(IdKind<T> kind) {
        return kind.of().apply(nextUuid());
    }

    public UUID nextUuid() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
