package dev.carillon.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.event.Payload.PostPayload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTest {
    @Test
    void typesOnTheWireDeriveFromTheNames() {
        var post = new PostPayload("post_1", "post", "failed", null, List.of(), Map.of(), true, Instant.EPOCH);
        var account = new AccountPayload("acct_1", "account", "x", "me", "active", null, true, Instant.EPOCH);

        assertThat(new Event.PostCreated(post).type()).isEqualTo("post.created");
        assertThat(new Event.PostPartiallyPublished(post).type()).isEqualTo("post.partially_published");
        assertThat(new Event.AccountNeedsReauth(account).type()).isEqualTo("account.needs_reauth");
        assertThat(Event.types()).contains("api_key.created", "api_key.revoked");
    }
}
