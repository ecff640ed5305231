package dev.carillon.app.bench.limits;

import dev.carillon.core.limit.Limit;
import dev.carillon.core.limit.Limiter;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Map;

/** Carillon's production path: the script, run for all requests that wait at the same time, with everything around it. */
record Grouped(ApplicationContext context, Limiter limiter, List<Limit> limits) implements Candidate {
    static Grouped with(String redisUrl, int narrow) {
        var context = ApplicationContext.builder()
                .properties(Map.of("carillon.redis.url", redisUrl, "carillon.limits.redis-timeout", "10s"))
                .deduceEnvironment(false)
                .start();
        return new Grouped(context, context.getBean(Limiter.class), LimitsBench.limits(narrow));
    }

    @Override
    public String name() {
        return "script, grouped";
    }

    @Override
    public boolean take(String caller) {
        return limiter.take(caller, limits).passed();
    }

    @Override
    public void close() {
        context.close();
    }
}
