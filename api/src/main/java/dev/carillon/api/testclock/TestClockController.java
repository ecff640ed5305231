package dev.carillon.api.testclock;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.Connections;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.EmptyBody;
import dev.carillon.api.input.JsonBody;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.TestClockId;
import dev.carillon.core.testclock.TestClockService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Test clocks: they set the time of the workspace's test mode. */
@Controller("/v1/test_clocks")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sandbox")
class TestClockController {
    private final TestClockService clocks;
    private final IdempotentReplies replies;
    private final ConditionalWrites conditions;

    TestClockController(TestClockService clocks, IdempotentReplies replies, ConditionalWrites conditions) {
        this.clocks = clocks;
        this.replies = replies;
        this.conditions = conditions;
    }

    /** Create a test clock. It has no effect until you attach it. Test keys only. Needs the scope sandbox.write. */
    @Post
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CreateTestClockRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new clock.",
            content = @Content(schema = @Schema(implementation = TestClockResponse.class)))
    HttpResponse<String> createTestClock(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var wanted = RequestReader.read(request, CreateTestClockRequest.class).toNewClock();
        return replies.answer(
                actor, request, HttpStatus.CREATED, () -> TestClockResponse.of(clocks.create(actor, wanted)));
    }

    /**
     * List test clocks. The newest come first. Test keys only. Needs the scope posts.read.
     *
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    ListResponse<TestClockResponse> listTestClocks(
            @FromKey Actor actor, @QueryValue @PageLimit @Nullable String limit, @QueryValue @Nullable String cursor) {
        return ListResponse.of(clocks.list(actor, QueryValues.page(limit, cursor)), TestClockResponse::of);
    }

    /**
     * Get a test clock. Test keys only. Needs the scope posts.read.
     *
     * @param id the clock's id
     */
    @Get("/{id}")
    TestClockResponse getTestClock(@FromKey Actor actor, String id) {
        return TestClockResponse.of(clocks.get(actor, idOf(id)));
    }

    /**
     * Attach a test clock. The workspace's test mode then follows it, instead of another clock or real time. Test keys only. Needs the
     * scope sandbox.write.
     *
     * @param id the clock's id
     */
    @Post("/{id}/attach")
    @TakesIfMatch
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The clock, which is attached and which every process follows.",
            content = @Content(schema = @Schema(implementation = TestClockResponse.class)))
    HttpResponse<String> attachTestClock(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.requireEmpty(request);
        var clock = idOf(id);
        var attached = replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, clock, () -> TestClockResponse.of(clocks.attach(actor, clock))));
        clocks.awaitNoticed(actor);
        return attached;
    }

    /**
     * Advance a test clock. Everything in the workspace's test mode that falls due on the way is done in order; the reply comes when it is
     * done or when the wait is over. Test keys only. Needs the scope sandbox.write.
     *
     * @param id the clock's id
     */
    @Post("/{id}/advance")
    @TakesIfMatch
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AdvanceTestClockRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The clock at the requested time; everything that was due is done.",
            content = @Content(schema = @Schema(implementation = TestClockResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The clock, which is still advancing after the wait.",
            content = @Content(schema = @Schema(implementation = TestClockResponse.class)))
    HttpResponse<String> advanceTestClock(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var wanted = RequestReader.read(request, AdvanceTestClockRequest.class);
        var clock = idOf(id);
        var begun = replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, clock, () -> TestClockResponse.of(clocks.advance(actor, clock, wanted.to()))));
        if (begun.code() != HttpStatus.OK.getCode()) {
            return begun;
        }
        var stands = clocks.await(actor, clock, wanted.toPatience(), gone -> Connections.whenClosed(request, gone));
        return replies.instead(
                begun, stands.isAdvancing() ? HttpStatus.ACCEPTED : HttpStatus.OK, TestClockResponse.of(stands));
    }

    /**
     * Delete a test clock. If it was attached, test mode follows real time again. Test keys only. Needs the scope sandbox.write.
     *
     * @param id the clock's id
     */
    @Delete("/{id}")
    @TakesIfMatch
    TestClockResponse deleteTestClock(@FromKey Actor actor, HttpRequest<?> request, String id) {
        var clock = idOf(id);
        var deleted = guarded(actor, request, clock, () -> clocks.delete(actor, clock))
                .get();
        if (deleted.attached()) {
            clocks.awaitNoticed(actor);
        }
        return TestClockResponse.of(deleted);
    }

    private <T> Supplier<T> guarded(Actor actor, HttpRequest<?> request, TestClockId clock, Supplier<T> change) {
        return conditions.guarded(
                actor, request, clock, () -> List.of(TestClockResponse.of(clocks.get(actor, clock))), change);
    }

    private static TestClockId idOf(String text) {
        return PathIds.read(TestClockId.KIND, "test clock", text);
    }
}
