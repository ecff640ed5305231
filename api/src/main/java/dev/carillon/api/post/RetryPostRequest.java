package dev.carillon.api.post;

import dev.carillon.api.input.JsonBody;
import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.SafeQuote;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Wire;
import io.micronaut.http.HttpRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The publications of a post to retry.
 *
 * @param targets ids of publications or of their accounts, at most 100; by default all failed and missed publications
 * @param allowDuplicate whether to repeat content that another post has published on the account in the meantime
 */
@Wire
record RetryPostRequest(
        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> targets,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean allowDuplicate) {
    private static final String TARGETS = "targets";
    private static final int MOST = 100;

    private static final String ALLOW_DUPLICATE = "allow_duplicate";

    /** The request; an empty {@code targets} means all failed and missed publications. */
    record Wanted(List<Id> targets, boolean allowDuplicate) {}

    static Wanted read(HttpRequest<byte[]> request) {
        return read(JsonBody.readOptional(request));
    }

    private static Wanted read(JsonObject body) {
        return wanted(body.only(Set.of(TARGETS, ALLOW_DUPLICATE)));
    }

    /** Reads the two fields from a body that may have others. */
    static Wanted wanted(JsonObject body) {
        var texts = body.texts(TARGETS, "pub_...");
        if (texts.size() > MOST) {
            throw body.invalid(
                    TARGETS, "targets has %d entries; at most %d are allowed.".formatted(texts.size(), MOST));
        }
        if (body.value(TARGETS) != null && texts.isEmpty()) {
            throw body.invalid(
                    TARGETS, "targets is empty; name a publication or an account, or leave it out to choose all.");
        }
        var ids = new ArrayList<Id>();
        for (var text : texts) {
            ids.add(id(text, "/%s/%d".formatted(TARGETS, ids.size())));
        }
        return new Wanted(ids, body.truth(ALLOW_DUPLICATE));
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
