package dev.carillon.app.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.app.Carillon;
import dev.carillon.testkit.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees first, with the log output. */
@Tag("slow")
class DemoJourneyTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path parent;

    /** The second run finds the post of the first one, which has the same text on the same account. */
    @Test
    void theDemoRunsToItsEndAndAgainWithoutNoise() {
        var first = demo();
        var second = demo();

        assertThat(first).contains("This is the first start.").doesNotContain("JobRunr", "\tat ");
        assertThat(second).doesNotContain("This is the first start.", "JobRunr", "\tat ");
    }

    private String demo() {
        var launch = ChildJvm.of(Carillon.class)
                .withArguments(
                        "up",
                        "--demo",
                        "--port",
                        "0",
                        "--data",
                        parent.resolve("data").toString())
                .withJvmArguments(
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dlogback.configurationFile=logback.xml");
        try (var process = launch.start()) {
            process.awaitLine("The demo is finished", LIMIT);
            process.terminate();
            process.awaitExit(LIMIT);
            return process.output();
        }
    }
}
