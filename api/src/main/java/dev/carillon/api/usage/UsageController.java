package dev.carillon.api.usage;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.input.QueryValues;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.usage.UsageGroup;
import dev.carillon.core.usage.UsageService;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Usage and its cost. */
@Controller("/v1/usage")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "usage")
class UsageController {
    private final UsageService usage;
    private final Clocks clocks;

    UsageController(UsageService usage, Clocks clocks) {
        this.usage = usage;
        this.clocks = clocks;
    }

    /**
     * Get usage. Sums the usage of this mode. Reading it is free. Needs the scope usage.read.
     *
     * @param from RFC 3339, inclusive; by default the beginning of the current month in UTC
     * @param to RFC 3339, exclusive; by default the beginning of the next month in UTC
     * @param groupBy meter (the default), day, platform, account or api_key
     */
    @Get
    UsageResponse getUsage(
            @FromKey Actor actor,
            @QueryValue @Nullable String from,
            @QueryValue @Nullable String to,
            @QueryValue("group_by") @Nullable String groupBy) {
        var month = YearMonth.from(clocks.now(actor.workspace(), actor.mode()).atZone(ZoneOffset.UTC));
        var begin = QueryValues.time("from", from);
        var end = QueryValues.time("to", to);
        var group = QueryValues.oneOf("group_by", groupBy, UsageGroup.values(), UsageGroup::wireName);
        var span = new Span(begin == null ? first(month) : begin, end == null ? first(month.plusMonths(1)) : end);
        var report = usage.report(actor, group == null ? UsageGroup.METER : group, span.from(), span.to());
        return UsageResponse.of(report, actor.mode().livemode());
    }

    private record Span(Instant from, Instant to) {
        private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

        Span {
            if (!from.isBefore(to) || from.isBefore(Instant.EPOCH) || to.isAfter(LATEST)) {
                throw ErrorCode.INVALID_PARAMETER.at(
                        "from", "from must be earlier than to, and both must be between 1970 and 9998.");
            }
        }
    }

    private static Instant first(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
