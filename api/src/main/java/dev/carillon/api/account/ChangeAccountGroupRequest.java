package dev.carillon.api.account;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.Metadata;
import dev.carillon.api.input.MetadataField;
import dev.carillon.core.account.AccountGroupDraft;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Map;
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
        @Nullable
        @Limits(least = 1, most = CreateAccountGroupRequest.LONGEST_NAME)
        @Example(CreateAccountGroupRequest.NAME_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String name,

        @Nullable @MetadataField @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {

    UnaryOperator<AccountGroupDraft> toChange() {
        var replaced = metadata == null ? null : Metadata.of(metadata);
        return now ->
                new AccountGroupDraft(name == null ? now.name() : name, replaced == null ? now.metadata() : replaced);
    }
}
