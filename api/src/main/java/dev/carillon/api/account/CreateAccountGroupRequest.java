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
import org.jspecify.annotations.Nullable;

/**
 * A group to create.
 *
 * @param name a display name, 1 to 50 characters
 * @param metadata your own data: up to 50 keys of at most 40 characters, with values of at most 500 characters
 */
@Wire
@Schema(requiredProperties = "name")
record CreateAccountGroupRequest(
        @Limits(least = 1, most = CreateAccountGroupRequest.LONGEST_NAME)
        @Example(CreateAccountGroupRequest.NAME_EXAMPLE)
        String name,

        @Nullable @MetadataField @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    static final int LONGEST_NAME = 50;

    /** A name, for error messages. */
    static final String NAME_EXAMPLE = "Acme";

    AccountGroupDraft toDraft() {
        return new AccountGroupDraft(name, Metadata.of(metadata));
    }
}
