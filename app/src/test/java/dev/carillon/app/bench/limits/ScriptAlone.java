package dev.carillon.app.bench.limits;

import dev.carillon.core.limit.BucketScript;
import dev.carillon.core.limit.Call;
import dev.carillon.core.limit.Limit;
import dev.carillon.core.signal.RedisConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Carillon's script, run once per request. */
record ScriptAlone(BucketScript script, List<Limit> limits) implements Candidate {
    static ScriptAlone with(String redisUrl, int narrow) {
        return new ScriptAlone(
                new BucketScript(new RedisConfig(redisUrl), Duration.ofSeconds(10)), LimitsBench.limits(narrow));
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public boolean take(String caller) throws InterruptedException, ExecutionException {
        return script.run(List.of(new Call(caller, limits)))
                .toCompletableFuture()
                .get()
                .getFirst()
                .passed();
    }

    @Override
    public void close() {
        script.close();
    }
}
