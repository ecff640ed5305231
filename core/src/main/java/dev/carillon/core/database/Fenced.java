package dev.carillon.core.database;

import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.WorkspaceId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Somebody who asks for something: the transactions that this runs in see one workspace, and maybe only a part of it. */
public interface Fenced {
    WorkspaceId workspace();

    /**
     * The accounts, and the groups of accounts, beyond which nothing is seen; empty for nothing at all.
     *
     * @return null for the whole workspace
     */
    @Nullable
    Collection<Id> keepsTo();
}
