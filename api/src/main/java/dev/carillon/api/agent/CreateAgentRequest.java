package dev.carillon.api.agent;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.Metadata;
import dev.carillon.api.input.MetadataField;
import dev.carillon.core.agent.AgentDraft;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent to create.
 *
 * @param name a display name, 1 to 100 characters
 * @param owner the person or team responsible for it, up to 200 characters
 * @param metadata your own data: up to 50 keys of at most 40 characters, with values of at most 500 characters
 */
@Wire
@Schema(requiredProperties = "name")
record CreateAgentRequest(
        @Limits(least = 1, most = CreateAgentRequest.LONGEST_NAME) @Example(CreateAgentRequest.NAME_EXAMPLE)
        String name,

        @Nullable
        @Limits(most = CreateAgentRequest.LONGEST_OWNER)
        @Example(CreateAgentRequest.OWNER_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String owner,

        @Nullable @MetadataField @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    static final int LONGEST_NAME = 100;
    static final int LONGEST_OWNER = 200;

    /** Valid values, for error messages. */
    static final String NAME_EXAMPLE = "Release notes bot";

    static final String OWNER_EXAMPLE = "Social team";

    AgentDraft toDraft() {
        return new AgentDraft(name, owned(owner), Metadata.of(metadata));
    }

    /** An empty owner is none. */
    static @Nullable String owned(@Nullable String owner) {
        return owner == null || owner.isBlank() ? null : owner;
    }
}
