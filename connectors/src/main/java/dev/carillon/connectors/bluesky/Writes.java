package dev.carillon.connectors.bluesky;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.connectors.http.JsonHttp;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.List;

/** The bodies of calls that write to a repository. */
final class Writes {
    private Writes() {}

    /** Idempotent: putting the same record again changes nothing. */
    @Serdeable
    record Put(String repo, String collection, String rkey, JsonNode record) {
        static Put of(String did, Draft draft, JsonHttp json) {
            return new Put(did, Records.POST, draft.key(), json.parse(draft.post(), JsonNode.class));
        }
    }

    @Serdeable
    record Delete(String repo, String collection, String rkey) {}

    /** Several records in one commit: all of them or none. */
    @Serdeable
    record Apply(String repo, List<Create> writes) {
        static Apply of(String did, Draft draft, JsonHttp json) {
            var writes = new ArrayList<Create>();
            // Bluesky's index notes a gate on the post that it belongs to, so the post must come first.
            writes.add(Create.of(Records.POST, draft, draft.post(), json));
            draft.threadgate().ifPresent(gate -> writes.add(Create.of(Records.THREADGATE, draft, gate, json)));
            draft.postgate().ifPresent(gate -> writes.add(Create.of(Records.POSTGATE, draft, gate, json)));
            return new Apply(did, writes);
        }
    }

    @Serdeable
    record Create(@JsonProperty("$type") String type, String collection, String rkey, JsonNode value) {
        static Create of(String collection, Draft draft, String record, JsonHttp json) {
            return new Create(
                    "com.atproto.repo.applyWrites#create", collection, draft.key(), json.parse(record, JsonNode.class));
        }
    }
}
