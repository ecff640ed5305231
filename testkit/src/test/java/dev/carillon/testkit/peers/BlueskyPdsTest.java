package dev.carillon.testkit.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BlueskyPdsTest {
    @Test
    void anAccountStartsWithoutPostsAndTheServerLeavesNothingBehind() {
        long pid;
        try (var pds = BlueskyPds.startOrSkip()) {
            pid = pds.pid();
            var account = pds.createAccount("alice.test");

            assertThat(account.did()).startsWith("did:plc:");
            assertThat(account.appPassword()).matches("[a-z2-7]{4}(-[a-z2-7]{4}){3}");
            assertThat(pds.records(account.did(), "app.bsky.feed.post")).isEmpty();
            assertThat(pds.findRecord(account.did(), "app.bsky.feed.post", "3lfabcdefghij"))
                    .isEmpty();
        }

        await().until(() -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), alive -> !alive);
    }
}
