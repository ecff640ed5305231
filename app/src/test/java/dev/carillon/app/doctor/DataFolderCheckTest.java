package dev.carillon.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.app.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderCheckTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderThatDoesNotExistIsCreatedByAStartAndNotByALook() {
        var missing = folder.resolve("a/b");

        assertThat(finding(missing).level()).isEqualTo(Level.OK);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderOfOnesOwnIsFine() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));

        assertThat(finding(folder)).isEqualTo(Finding.ok("data folder", folder + " is yours, writable and not in use"));
    }

    @Test
    void aFolderThatOthersCanEnterIsAWarningWithTheCommandThatClosesIt() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(finding(folder).level()).isEqualTo(Level.WARNING);
        assertThat(finding(folder).text()).contains("chmod 700 " + folder);
    }

    /** PostgreSQL refuses files of another user, whatever their permissions are. */
    @Test
    void aFolderOfAnotherUserIsAProblem() throws IOException {
        var owner = Files.getOwner(folder).getName();

        var found = new DataFolderCheck(folder, owner + "2").run().getFirst();

        assertThat(found.level()).isEqualTo(Level.PROBLEM);
        assertThat(found.text()).contains("belongs to " + owner).contains("--data");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThat(finding(file))
                .isEqualTo(Finding.problem("data folder", file + " is a file. Choose a folder with --data."));
        assertThat(finding(file.resolve("below")).level()).isEqualTo(Level.PROBLEM);
    }

    private static Finding finding(Path folder) {
        var found = new DataFolderCheck(folder, System.getProperty("user.name")).run();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
