package dev.carillon.app.doctor;

import static dev.carillon.app.doctor.Finding.ok;
import static dev.carillon.app.doctor.Finding.problem;
import static dev.carillon.app.doctor.Finding.warning;

import dev.carillon.localservers.HostCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this user can use the data folder: they own it, they can write to it, and no other process uses it.
 *
 * @param user the name of the user who would start Carillon
 */
public record DataFolderCheck(Path folder, String user) implements Check {
    private static final String SUBJECT = "data folder";
    private static final EnumSet<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    public DataFolderCheck {
        folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public List<Finding> run() {
        try {
            return Files.exists(folder) ? existing() : List.of(missing());
        } catch (IOException | UncheckedIOException e) {
            return List.of(problem(
                    SUBJECT,
                    "%s cannot be inspected (%s). Choose another folder with --data."
                            .formatted(folder, e.getMessage())));
        }
    }

    private Finding missing() {
        var parent = existingParent();
        return parent != null && Files.isDirectory(parent) && Files.isWritable(parent)
                ? ok(SUBJECT, folder + " does not exist yet and will be created")
                : problem(
                        SUBJECT,
                        "%s does not exist and you cannot create it in %s. Choose another folder with --data, or make that folder writable."
                                .formatted(folder, parent));
    }

    private @Nullable Path existingParent() {
        var parent = folder.getParent();
        while (parent != null && !Files.exists(parent)) {
            parent = parent.getParent();
        }
        return parent;
    }

    private List<Finding> existing() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of(problem(SUBJECT, folder + " is a file. Choose a folder with --data."));
        }
        var owner = Files.getOwner(folder).getName();
        if (!owner.equals(user)) {
            return List.of(problem(
                    SUBJECT,
                    "%s belongs to %s, and you are %s. Run Carillon as %s, or choose another folder with --data."
                            .formatted(folder, owner, user, owner)));
        }
        if (!Files.isWritable(folder) || !Files.isExecutable(folder)) {
            return List.of(
                    problem(SUBJECT, "You own %s but cannot write to it. Run: chmod 700 %s".formatted(folder, folder)));
        }
        var holder = HostCheck.holder(folder);
        if (holder.isPresent()) {
            return List.of(problem(
                    SUBJECT,
                    "%s is in use by %s; only one process can use a data folder. Stop that process, or choose another folder with --data."
                            .formatted(folder, holder.get())));
        }
        return open();
    }

    private List<Finding> open() throws IOException {
        var findings = new ArrayList<Finding>();
        var permissions = Files.getPosixFilePermissions(folder);
        if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
            findings.add(warning(
                    SUBJECT,
                    "Other users can open %s (%s), which contains your keys. Run: chmod 700 %s"
                            .formatted(folder, PosixFilePermissions.toString(permissions), folder)));
        } else {
            findings.add(ok(SUBJECT, folder + " is yours, writable and not in use"));
        }
        return findings;
    }
}
