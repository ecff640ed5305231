package dev.carillon.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The crash harness in the form of a few minutes; {@code ./carillon chaos --full} is the long one. */
@Tag("slow")
class ChaosTest {
    // What this guards is the promise that Carillon exists for: a post whose worker dies is neither lost nor posted
    // twice.
    @Test
    @Timeout(900)
    void whateverDiesNothingIsPublishedTwiceAndNothingIsLost() {
        assertThat(Chaos.run(new SecureRandom().nextInt(1_000_000))).isEmpty();
    }
}
