package dev.carillon.api.account;

import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.Metadata;
import dev.carillon.core.account.AccountGroupDraft;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a group; a field that you omit keeps its value.
 *
 * @param name a display name, 1 to 50 characters
 * @param metadata replaces the stored metadata
 */
@Wire
record ChangeAccountGroupRequest(
        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String name,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {

    static UnaryOperator<AccountGroupDraft> read(JsonObject body) {
        body.only(Set.of("name", Metadata.FIELD));
        var name = body.value("name") == null
                ? null
                : body.requiredText(
                        "name", CreateAccountGroupRequest.LONGEST_NAME, CreateAccountGroupRequest.NAME_EXAMPLE);
        var metadata = body.value(Metadata.FIELD) == null ? null : Metadata.of(body);
        return now ->
                new AccountGroupDraft(name == null ? now.name() : name, metadata == null ? now.metadata() : metadata);
    }
}
