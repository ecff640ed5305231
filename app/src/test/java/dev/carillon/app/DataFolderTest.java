package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    private static final Credentials CREDENTIALS =
            new Credentials(URI.create("http://127.0.0.1:8080"), "ws_1", "crl_live_1", "crl_test_1");

    @TempDir
    private Path path = Path.of(".");

    private DataFolder folder = new DataFolder(path);

    @BeforeEach
    void open() {
        folder = new DataFolder(path);
    }

    /** A reader of the keys can publish in the workspace's name. */
    @Test
    void onlyTheOwnerMayReadTheKeys() throws IOException {
        folder.writeFirstCredentials(CREDENTIALS);
        folder.masterKey();

        assertThat(modeOf("credentials.json")).isEqualTo("rw-------");
        assertThat(modeOf("master.key")).isEqualTo("rw-------");
    }

    @Test
    void theKeysComeBackAsTheyWereWritten() {
        folder.writeFirstCredentials(CREDENTIALS);

        assertThat(folder.credentials()).contains(CREDENTIALS);
        assertThat(CREDENTIALS.json())
                .contains("\"base_url\": \"http://127.0.0.1:8080\"", "\"workspace_id\": \"ws_1\"");
    }

    @Test
    void keysOfAnInstallationThatNeverCameToBeAreReplaced() {
        folder.writeFirstCredentials(CREDENTIALS.at(URI.create("http://127.0.0.1:1")));

        folder.writeFirstCredentials(CREDENTIALS);

        assertThat(folder.credentials()).contains(CREDENTIALS);
    }

    @Test
    void theAddressInTheFileFollowsThePortOfTheLatestStart() throws IOException {
        folder.writeFirstCredentials(CREDENTIALS);

        folder.keepBaseUrl(URI.create("http://127.0.0.1:9090"));

        assertThat(folder.credentials()).contains(CREDENTIALS.at(URI.create("http://127.0.0.1:9090")));
        assertThat(modeOf("credentials.json")).isEqualTo("rw-------");
    }

    @Test
    void noFileIsMadeForKeysThatTheOperatorTookAway() {
        folder.keepBaseUrl(URI.create("http://127.0.0.1:9090"));

        assertThat(folder.credentialsFile()).doesNotExist();
    }

    /** With another key, every secret in the database would be unreadable. */
    @Test
    void theMasterKeyIsMadeOnce() {
        assertThat(folder.masterKey()).isEqualTo(folder.masterKey()).isNotBlank();
    }

    @Test
    void thePortOfPermalinksIsRemembered() {
        assertThat(folder.sandboxPort()).isEmpty();

        folder.keepSandboxPort(8095);

        assertThat(folder.sandboxPort()).contains(8095);
    }

    private String modeOf(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(file)));
    }
}
