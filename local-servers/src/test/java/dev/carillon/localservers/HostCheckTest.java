package dev.carillon.localservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCheckTest {

    @Test
    void aMachineThatRunsTheseTestsCanRunTheServers() {
        assertThat(HostCheck.hasServers()).isTrue();
        assertThat(HostCheck.rootRefusal()).isEmpty();
    }

    @Test
    void aLookAtAFolderCreatesNothingAndTakesNothing(@TempDir Path parent) {
        var folder = parent.resolve("data");

        assertThat(HostCheck.holder(folder)).isEmpty();

        assertThat(parent).isEmptyDirectory();
    }

    // A check that opened and closed the lock file in this process would release the lock.
    @Test
    void aHeldFolderStaysHeld(@TempDir Path folder) throws Exception {
        try (var lock = FolderLock.take(folder.toRealPath())) {
            assertThat(HostCheck.holder(folder))
                    .contains("this process (pid %d)"
                            .formatted(ProcessHandle.current().pid()));
            try (var other = OtherJvm.on(folder)) {
                assertThat(other.awaitEnd()).contains("in use");
            }
            assertThat(lock.isHeld()).isTrue();
        }

        assertThat(HostCheck.holder(folder)).isEmpty();
    }
}
