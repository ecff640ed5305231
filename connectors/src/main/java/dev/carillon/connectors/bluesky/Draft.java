package dev.carillon.connectors.bluesky;

import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.PlatformPost;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything decided about one post before it is sent. A repeated attempt sends exactly the same records, so the server
 * either already has them or takes them for the first time; a changed record would silently edit the post.
 *
 * @param key the record key that the post and its gates share
 * @param post the whole record, as JSON
 * @param threadgate who may reply, as JSON; empty for everyone
 * @param postgate who may quote, as JSON; empty for everyone
 */
record Draft(String key, String createdAt, String post, Optional<String> threadgate, Optional<String> postgate) {
    private static final String KEY = "rkey";
    private static final String CREATED_AT = "created_at";
    private static final String POST = "post";
    private static final String THREADGATE = "threadgate";
    private static final String POSTGATE = "postgate";

    static Optional<Draft> of(Checkpoint checkpoint) {
        return checkpoint.value(KEY).flatMap(key -> checkpoint.value(CREATED_AT).flatMap(createdAt -> checkpoint
                .value(POST)
                .map(post ->
                        new Draft(key, createdAt, post, checkpoint.value(THREADGATE), checkpoint.value(POSTGATE)))));
    }

    Checkpoint toCheckpoint() {
        var values = new LinkedHashMap<String, String>();
        values.put(KEY, key);
        values.put(CREATED_AT, createdAt);
        values.put(POST, post);
        threadgate.ifPresent(gate -> values.put(THREADGATE, gate));
        postgate.ifPresent(gate -> values.put(POSTGATE, gate));
        return new Checkpoint(values);
    }

    boolean hasGates() {
        return threadgate.isPresent() || postgate.isPresent();
    }

    /** The post on the network, with the ids of its gates so that they can be deleted with it. */
    PlatformPost published(String did, String uri, String cid) {
        var refs = new LinkedHashMap<String, String>(Map.of("uri", uri, "cid", cid));
        threadgate.ifPresent(gate -> refs.put(THREADGATE, RecordUri.of(did, Records.THREADGATE, key)));
        postgate.ifPresent(gate -> refs.put(POSTGATE, RecordUri.of(did, Records.POSTGATE, key)));
        return new PlatformPost(uri, "https://bsky.app/profile/%s/post/%s".formatted(did, key), refs);
    }

    /** Leaves out the text. */
    @Override
    public String toString() {
        return "Draft[" + key + "]";
    }
}
