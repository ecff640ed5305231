package dev.carillon.connectors.sandbox;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;

/** Translates the sandbox platform's answers for callers of the API. */
final class SandboxReplies {
    private SandboxReplies() {}

    /**
     * Reads an answer.
     *
     * @throws ApiException with the field that the platform rejects, or {@code platform_unreachable} if there is no usable
     *     answer
     */
    static <T> T read(SandboxApi api, OutboundReply reply, Class<T> type) {
        return switch (reply) {
            case Answered answer
            when answer.ok() ->
                api.read(answer, type)
                        .orElseThrow(() -> ErrorCode.PLATFORM_UNREACHABLE.because(
                                "The sandbox platform's answer could not be read."));
            case Answered answer -> throw toApiException(api, answer);
            case NeverSent(var failure) -> throw ErrorCode.PLATFORM_UNREACHABLE.because(failure.message());
            case NoAnswer(var failure) -> throw ErrorCode.PLATFORM_UNREACHABLE.because(failure.message());
        };
    }

    private static ApiException toApiException(SandboxApi api, Answered answer) {
        var trouble = api.trouble(answer);
        return switch (trouble.code()) {
            case "invalid_cursor" -> PageRequest.foreignCursor();
            case "unknown_kind" -> ErrorCode.INVALID_PARAMETER.at("/kind", trouble.message());
            case "seconds_out_of_range" -> ErrorCode.INVALID_PARAMETER.at("/seconds", trouble.message());
            case "too_many_faults" ->
                ErrorCode.LIMIT_REACHED.because(trouble.message() + " Delete one before adding another.");
            default ->
                ErrorCode.PLATFORM_UNREACHABLE.because(
                        "The sandbox platform answered with status %d.".formatted(answer.status()));
        };
    }
}
