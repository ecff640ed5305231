package dev.carillon.localservers;

import java.nio.file.Path;
import java.util.Optional;

/** Checks whether the embedded servers could start here. Starts nothing and creates nothing. */
public final class HostCheck {
    private HostCheck() {}

    /** Whether server programs for this operating system and processor are included. */
    public static boolean hasServers() {
        return ServerBinaries.existHere();
    }

    /**
     * The reason why root cannot run PostgreSQL here. PostgreSQL refuses root, so root runs it in a user namespace,
     * which some containers forbid. Empty if it works, and for every other user.
     */
    public static Optional<String> rootRefusal() {
        return PostgresPrograms.rootRefusal();
    }

    /**
     * The process that runs servers on a data folder, for a message. Holds the folder's lock for an instant while it
     * checks.
     *
     * @throws java.io.UncheckedIOException if this user may not check
     */
    public static Optional<String> holder(Path dataFolder) {
        return FolderLock.holderOf(dataFolder);
    }
}
