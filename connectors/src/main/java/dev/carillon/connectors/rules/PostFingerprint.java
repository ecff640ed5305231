package dev.carillon.connectors.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.core.platform.Checkpoint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a post among the recent posts of its account on a platform that offers no better key: the text (ignoring
 * white space and Unicode composition), the post that it replies to, and the time.
 *
 * @param hash of the text; the text itself is never in a checkpoint
 * @param replyTo the platform's id of the post that it replies to; null if it is not a reply
 * @param at when it was about to be sent, in the workspace's business time
 */
public record PostFingerprint(String hash, @Nullable String replyTo, Instant at) {
    /** How far a platform's clock may be behind ours. */
    private static final Duration EARLIER = Duration.ofMinutes(1);

    /** How long after the request a platform may date the post; some show posts with media only after minutes. */
    private static final Duration LATER = Duration.ofMinutes(10);

    private static final String SENT_AT = "sent_at";
    private static final String REPLY_TO = "reply_to";
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}]+");

    public static PostFingerprint of(String text, @Nullable String replyTo, Instant at) {
        return new PostFingerprint(hashOf(text), replyTo, at);
    }

    /** Reads what {@link #checkpoint()} stored; empty if the checkpoint holds something else. */
    public static Optional<PostFingerprint> in(Checkpoint checkpoint) {
        return checkpoint.value(Checkpoint.TEXT_HASH).flatMap(hash -> checkpoint
                .value(SENT_AT)
                .flatMap(at -> read(hash, checkpoint.value(REPLY_TO).orElse(null), at)));
    }

    private static Optional<PostFingerprint> read(String hash, @Nullable String replyTo, String at) {
        try {
            return Optional.of(new PostFingerprint(hash, replyTo, Instant.parse(at)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public Checkpoint checkpoint() {
        var values = new HashMap<>(Map.of(Checkpoint.TEXT_HASH, hash, SENT_AT, at.toString()));
        if (replyTo != null) {
            values.put(REPLY_TO, replyTo);
        }
        return new Checkpoint(values);
    }

    /** The earliest time at which the post can have been created. */
    public Instant since() {
        return at.minus(EARLIER);
    }

    /** The latest time at which the post can have been created. */
    public Instant until() {
        return at.plus(LATER);
    }

    /** Whether a post with this {@code text}, in reply to {@code answered}, may be this one. */
    public boolean isSaidBy(String text, @Nullable String answered) {
        return Objects.equals(replyTo, answered) && hash.equals(hashOf(text));
    }

    private static String hashOf(String text) {
        var composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        var plain = WHITE_SPACE.matcher(composed).replaceAll(" ").strip();
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
