package dev.carillon.testkit.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The machine's own {@code python3}. */
final class Python {
    static final String PROGRAM = "python3";

    private Python() {}

    static void require() throws PeerMissing {
        try {
            var version = new ProcessBuilder(PROGRAM, "-c", "import hmac, http.server, urllib.request")
                    .redirectErrorStream(true)
                    .start();
            if (version.onExit().join().exitValue() != 0) {
                throw new PeerMissing("python3 does not run: "
                        + new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException noSuchProgram) {
            throw new PeerMissing("there is no python3 on the PATH", noSuchProgram);
        }
    }
}
