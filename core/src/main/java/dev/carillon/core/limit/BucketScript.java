package dev.carillon.core.limit;

import dev.carillon.core.limit.RateLimitDecision.Standing;
import dev.carillon.core.signal.RedisConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/**
 * The rate-limit buckets in Redis, which all processes share. One run of the script decides several calls, one after
 * the other. It uses the Redis server's time, so that processes with different clocks agree. See {@link Level} for the
 * arithmetic.
 */
public final class BucketScript implements AutoCloseable {
    private static final String SOURCE = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local reply, key, argument = {}, 0, 1

            -- Reads a rate (requests, window, time between two portions), then what the bucket holds and since when.
            local function bucket(name, first)
                local requests, window, every = tonumber(ARGV[first]), tonumber(ARGV[first + 1]), tonumber(ARGV[first + 2])
                local full = requests * window
                local amount, since = full, now
                local kept = redis.call('GET', name)
                if kept then
                    local gap = string.find(kept, ' ', 1, true)
                    amount, since = tonumber(string.sub(kept, 1, gap - 1)), tonumber(string.sub(kept, gap + 1))
                    local portions = math.max(0, math.floor((now - since) / every))
                    amount = math.min(full, amount + portions * requests * every)
                    since = since + portions * every
                    -- If the server's clock was set back, callers must not wait until it catches up.
                    if amount == full or since > now then since = now end
                end
                return {name = name, window = window, every = every, portion = requests * every, full = full,
                        amount = amount, since = since}
            end

            while ARGV[argument] do
                local buckets, passed = {}, true
                for i = 1, tonumber(ARGV[argument]) do
                    buckets[i] = bucket(KEYS[key + i], argument + 3 * i - 2)
                    passed = passed and buckets[i].amount >= buckets[i].window
                end
                reply[#reply + 1] = passed and 1 or 0
                for i, each in ipairs(buckets) do
                    if passed then
                        each.amount = each.amount - each.window
                        redis.call('SET', each.name, string.format('%.0f %.0f', each.amount, each.since),
                                   'PX', each.window + 2 * each.every)
                    end
                    local remaining = math.floor(each.amount / each.window)
                    local wanted = math.min((remaining + 1) * each.window, each.full) - each.amount
                    reply[#reply + 1] = remaining
                    reply[#reply + 1] = each.since + math.max(1, math.ceil(wanted / each.portion)) * each.every - now
                end
                key = key + #buckets
                argument = argument + 1 + 3 * #buckets
            end
            return reply
            """;
    private static final String SHA = sha1(SOURCE);
    private static final int CONNECTIONS = 4;
    private static final int CONNECT_MILLIS = 1_000;

    private final RedissonClient redis;
    private final RScript scripts;

    /**
     * Connects with the first request.
     *
     * @param timeout after which a request to Redis has failed
     */
    public BucketScript(RedisConfig config, Duration timeout) {
        redis = Redisson.create(settings(config, timeout));
        scripts = redis.getScript(StringCodec.INSTANCE);
    }

    /** A separate client, because signals and limits must not delay each other. */
    private static Config settings(RedisConfig config, Duration timeout) {
        var settings = new Config();
        settings.setCodec(StringCodec.INSTANCE);
        settings.setThreads(1);
        settings.setNettyThreads(1);
        settings.setLazyInitialization(true);
        settings.useSingleServer()
                .setAddress(config.url())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(CONNECTIONS)
                .setSubscriptionConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(1)
                .setRetryAttempts(0)
                .setConnectTimeout(CONNECT_MILLIS)
                .setTimeout(Math.toIntExact(timeout.toMillis()));
        return settings;
    }

    /** Decides the calls in one round trip; the decisions are in the order of the calls. */
    public CompletionStage<List<RateLimitDecision>> run(List<Call> calls) {
        var keys = new ArrayList<Object>();
        var arguments = new ArrayList<Object>();
        for (var call : calls) {
            arguments.add(call.limits().size());
            for (var limit : call.limits()) {
                var rate = limit.rate();
                keys.add(nameOf(call, limit));
                arguments.add(rate.requests());
                arguments.add(rate.windowMillis());
                arguments.add(rate.portionMillis());
            }
        }
        var values = arguments.toArray();
        return scripts.<List<Long>>evalShaAsync(Mode.READ_WRITE, SHA, ReturnType.LIST, keys, values)
                .exceptionallyCompose(failure -> isUnknown(failure)
                        // Redis was restarted and has lost the script; it keeps a script once it has received it.
                        ? scripts.evalAsync(Mode.READ_WRITE, SOURCE, ReturnType.LIST, keys, values)
                        : CompletableFuture.failedFuture(failure))
                .thenApply(numbers -> decisions(calls, numbers));
    }

    /**
     * A changed rate starts with a full bucket. The part in braces keeps a caller's buckets on one server when keys are
     * distributed over several.
     */
    private static String nameOf(Call call, Limit limit) {
        var rate = limit.rate();
        return "carillon:limit:{" + call.caller() + "}:" + limit.name() + ":" + rate.requests() + ":"
                + rate.windowMillis();
    }

    private static boolean isUnknown(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RedisNoScriptException;
    }

    private static List<RateLimitDecision> decisions(List<Call> calls, List<Long> numbers) {
        var decisions = new ArrayList<RateLimitDecision>();
        int next = 0;
        for (var call : calls) {
            boolean passed = numbers.get(next++) == 1;
            var standings = new ArrayList<Standing>();
            for (var limit : call.limits()) {
                standings.add(new Standing(limit, numbers.get(next++), Duration.ofMillis(numbers.get(next++))));
            }
            decisions.add(new RateLimitDecision(passed, standings));
        }
        return decisions;
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
