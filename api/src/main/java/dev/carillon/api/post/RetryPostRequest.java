package dev.carillon.api.post;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.SafeQuote;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The publications of a post to retry.
 *
 * @param targets ids of publications or of their accounts, at most 100; by default all failed and missed publications
 * @param allowDuplicate whether to repeat content that another post has published on the account in the meantime
 */
@Wire
record RetryPostRequest(
        @Nullable
        @Limits(most = RetryPostRequest.MOST_TARGETS)
        @Example(RetryPostRequest.TARGET_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> targets,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean allowDuplicate) {
    static final int MOST_TARGETS = 100;
    static final String TARGET_EXAMPLE = "pub_...";

    /** The request; an empty {@code targets} means all failed and missed publications. */
    record Wanted(List<Id> targets, boolean allowDuplicate) {}

    Wanted toWanted() {
        return wanted(targets, allowDuplicate);
    }

    static Wanted wanted(@Nullable List<String> targets, @Nullable Boolean allowDuplicate) {
        var ids = new ArrayList<Id>();
        if (targets != null) {
            if (targets.isEmpty()) {
                throw ErrorCode.INVALID_PARAMETER.at(
                        "/targets",
                        "targets is empty; name a publication or an account, or leave it out to choose all.");
            }
            targets.forEach(text -> ids.add(id(text, "/targets/" + ids.size())));
        }
        return new Wanted(ids, Boolean.TRUE.equals(allowDuplicate));
    }

    private static Id id(String text, String pointer) {
        return PublicationId.KIND
                .read(text)
                .<Id>map(id -> id)
                .or(() -> AccountId.KIND.read(text))
                .orElseThrow(() -> ErrorCode.NOT_FOUND.at(
                        pointer,
                        "There is no publication or account %s; send an id such as pub_... or acct_...."
                                .formatted(SafeQuote.of(text))));
    }
}
