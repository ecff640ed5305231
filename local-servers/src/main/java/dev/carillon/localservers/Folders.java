package dev.carillon.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Deletes folders that are no longer needed. */
final class Folders {
    private Folders() {}

    /** Deletes as much as possible; leftovers are tried again the next time. */
    static void delete(Path folder) {
        try (var content = Files.walk(folder)) {
            for (var path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A dying process may still have written into it.
        }
    }
}
