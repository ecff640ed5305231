package dev.carillon.core.database;

import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.WorkspaceId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A caller. Its transactions see one workspace, and possibly only a part of it. */
public interface WorkspaceScoped {
    WorkspaceId workspace();

    /**
     * The accounts and account groups that the caller is limited to; empty if it may see none.
     *
     * @return null for the whole workspace
     */
    @Nullable
    Collection<Id> keepsTo();
}
