package dev.carillon.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.sandbox.http.HttpErrorException;
import dev.carillon.sandbox.http.JsonBody;
import dev.carillon.sandbox.http.Paging;
import dev.carillon.sandbox.http.Request;
import dev.carillon.sandbox.http.Response;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Creates, shows and deletes the faults of one workspace. */
final class FaultEndpoints {
    private static final int MOST_OF_A_WORKSPACE = 1_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final FaultQueries faults;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    FaultEndpoints(FaultQueries faults, Clock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    /** Adds a fault under an id that the caller chose. If the id exists, nothing changes. */
    Response add(Request request) {
        var fault = read(request);
        if (!ID.matcher(fault.id()).matches()) {
            throw HttpErrorException.badRequest(
                    "invalid_fault", "A fault's id must have 1 to 64 letters, digits, hyphens or underscores.");
        }
        faults.add(fault, MOST_OF_A_WORKSPACE);
        return faults.find(fault.workspace(), fault.id())
                .map(added -> Response.json(200, Shown.of(added)))
                .orElseThrow(() -> HttpErrorException.unprocessable(
                        "too_many_faults", "A workspace can have at most %d faults.".formatted(MOST_OF_A_WORKSPACE)));
    }

    Response list(Request request) {
        int limit = Paging.limit(request);
        var before = request.query("cursor").orElse(null);
        if (before != null && !ID.matcher(before).matches()) {
            throw HttpErrorException.badRequest("invalid_cursor", "cursor is not from this list.");
        }
        var oneMore = faults.list(request.variable("workspace"), before, limit + 1);
        var shown = oneMore.stream().limit(limit).map(Shown::of).toList();
        return Response.json(
                200, new Page(shown, oneMore.size() > limit ? shown.getLast().id() : null));
    }

    Response show(Request request) {
        return faults.find(request.variable("workspace"), request.variable("fault"))
                .map(fault -> Response.json(200, Shown.of(fault)))
                .orElseThrow(FaultEndpoints::notFound);
    }

    /** Deletes a fault and returns it. */
    Response delete(Request request) {
        return faults.delete(request.variable("workspace"), request.variable("fault"))
                .map(fault -> Response.json(200, Shown.of(fault)))
                .orElseThrow(FaultEndpoints::notFound);
    }

    private Fault read(Request request) {
        var body = request.body();
        return new Fault(
                request.variable("fault"),
                request.variable("workspace"),
                body.optionalText("account").orElse(null),
                trouble(body),
                body.whole("count", 1).orElse(1),
                body.share("probability").orElse(1.0),
                body.whole("seed", 0).orElseGet(() -> random.nextInt(Integer.MAX_VALUE)),
                0,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private static Trouble trouble(JsonBody body) {
        var kind = FaultKind.named(body.text("kind"))
                .orElseThrow(() -> HttpErrorException.unprocessable(
                        "unknown_kind", "kind must be one of %s.".formatted(FaultKind.allNames())));
        return body.whole("seconds", 1)
                .map(seconds -> new Trouble(kind, kind.checked(seconds)))
                .orElseGet(() -> Trouble.usual(kind));
    }

    private static HttpErrorException notFound() {
        return HttpErrorException.notFound("fault_not_found", "The workspace has no such fault.");
    }

    /** A fault as its workspace sees it. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Shown(
            String id,
            String kind,
            @Nullable String account,
            int count,
            double probability,
            int seed,
            int seconds,
            int hits,
            Instant createdAt) {
        static Shown of(Fault fault) {
            return new Shown(
                    fault.id(),
                    fault.trouble().kind().wireName(),
                    fault.account(),
                    fault.count(),
                    fault.probability(),
                    fault.seed(),
                    fault.trouble().seconds(),
                    fault.hits(),
                    fault.createdAt());
        }
    }

    /**
     * A page of a workspace's faults, newest first.
     *
     * @param nextCursor null on the last page
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Page(List<Shown> data, @Nullable String nextCursor) {}
}
