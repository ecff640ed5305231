package dev.carillon.localservers;

import java.nio.file.Path;

/** Another instance holds the data folder; its servers were not touched. */
public final class DataFolderInUse extends RuntimeException {

    DataFolderInUse(Path folder, String holder) {
        super("The data folder %s is in use by %s. Stop that instance or choose another folder."
                .formatted(folder, holder));
    }
}
