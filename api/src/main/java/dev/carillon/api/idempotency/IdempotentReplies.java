package dev.carillon.api.idempotency;

import dev.carillon.api.input.JsonBody;
import dev.carillon.api.problem.Problems;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.idempotency.IdempotencyService;
import dev.carillon.core.idempotency.IdempotencyService.Answer;
import dev.carillon.core.idempotency.IdempotencyService.Reply;
import dev.carillon.core.idempotency.IdempotentCall;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Json;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Answers a POST: runs it once per {@code Idempotency-Key}, and directly if the caller sent no key. */
@Singleton
public class IdempotentReplies {
    private static final String REPLAYED = "Idempotent-Replayed";

    private static final String KEY = "Idempotency-Key";
    private static final int FIRST_ERROR = 400;

    private final IdempotencyService idempotency;
    private final Problems problems;
    private final Json json;

    IdempotentReplies(IdempotencyService idempotency, Problems problems, Json json) {
        this.idempotency = idempotency;
        this.problems = problems;
        this.json = json;
    }

    /** Runs {@code effect} in one transaction with its key and its reply. */
    public HttpResponse<String> answer(
            Actor actor, HttpRequest<byte[]> request, HttpStatus status, Supplier<?> effect) {
        Supplier<Reply> run = () -> new Reply(status.getCode(), json.write(effect.get()));
        return callOf(request)
                .map(call -> idempotency.once(
                        actor,
                        call,
                        run,
                        exception -> new Reply(exception.code().status(), problems.render(request, exception))))
                .map(IdempotentReplies::response)
                .orElseGet(() -> response(new Answer(run.get(), false)));
    }

    /**
     * Runs work that waits for other processes, and therefore outside any transaction; then stores its reply or its refusal for the key. A
     * repetition that arrives before that runs the work again, so it must be safe to repeat.
     *
     * @param isDone whether the result is final; otherwise the reply is 202, and the key stays unused
     */
    public <T> HttpResponse<String> answerAfter(
            Actor actor, HttpRequest<byte[]> request, Supplier<T> work, Predicate<T> isDone, Function<T, ?> view) {
        return earlier(actor, request).orElseGet(() -> {
            T result;
            try {
                result = work.get();
            } catch (ApiException exception) {
                return answer(actor, request, HttpStatus.OK, () -> {
                    throw exception;
                });
            }
            return isDone.test(result)
                    ? answer(actor, request, HttpStatus.OK, () -> view.apply(result))
                    : response(new Answer(
                            new Reply(HttpStatus.ACCEPTED.getCode(), json.write(view.apply(result))), false));
        });
    }

    /** Replaces a stored reply with one that shows the present state; keeps the header that marks a repetition. */
    public HttpResponse<String> instead(HttpResponse<String> kept, HttpStatus status, Object view) {
        var reply = HttpResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(view));
        kept.getHeaders().getFirst(REPLAYED).ifPresent(replayed -> reply.header(REPLAYED, replayed));
        return reply;
    }

    /** The reply stored for the key, for routes that make network calls before they write. */
    public Optional<HttpResponse<String>> earlier(Actor actor, HttpRequest<byte[]> request) {
        return callOf(request).flatMap(call -> idempotency.find(actor, call)).map(IdempotentReplies::response);
    }

    private static Optional<IdempotentCall> callOf(HttpRequest<byte[]> request) {
        var keys = request.getHeaders().getAll(KEY);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        if (keys.size() > 1) {
            throw ErrorCode.IDEMPOTENCY_KEY_INVALID.at(
                    KEY, "The request has %d idempotency keys; send only one.".formatted(keys.size()));
        }
        var route = request.getMethodName() + " "
                + BasicHttpAttributes.getUriTemplate(request).orElse(request.getPath());
        return Optional.of(IdempotentCall.of(route, keys.getFirst(), request.getPath(), JsonBody.bytes(request)));
    }

    private static HttpResponse<String> response(Answer answer) {
        var reply = answer.reply();
        var response = HttpResponse.status(HttpStatus.valueOf(reply.status()))
                .contentType(reply.status() < FIRST_ERROR ? MediaType.APPLICATION_JSON : Problems.MEDIA_TYPE);
        if (answer.replayed()) {
            response.header(REPLAYED, "true");
        }
        return response.body(reply.body());
    }
}
