package dev.carillon.core.signal;

import java.util.Objects;
import org.redisson.Redisson;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;

/** Asks a Redis server once for its version, with the connection settings of {@link RedisTopics}. */
public final class RedisProbe {
    private RedisProbe() {}

    /** Redis does not answer, or refuses the login; the message says which, without the password. */
    public static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1;

        Unreachable(String message) {
            super(message);
        }
    }

    /**
     * Connects, asks and disconnects.
     *
     * @return such as {@code 7.2.4}
     * @throws Unreachable if there is no answer within seconds
     */
    public static String version(String url) throws Unreachable {
        try {
            var redis = Redisson.create(RedisTopics.settings(new RedisConfig(url)));
            try {
                var about = redis.getRedisNodes(RedisNodes.SINGLE).getInstance().info(InfoSection.SERVER);
                return Objects.toString(about.get("redis_version"), "unknown");
            } finally {
                redis.shutdown();
            }
        } catch (RuntimeException e) {
            throw new Unreachable(reason(e));
        }
    }

    /** Redisson's own message, which repeats the URL, is not shown. */
    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = Objects.toString(cause.getMessage(), "");
        if (message.contains("WRONGPASS") || message.contains("NOAUTH") || message.contains("ERR AUTH")) {
            return "it refuses the user or password";
        }
        return message.contains("refused") ? "nothing listens there" : "it does not answer";
    }
}
