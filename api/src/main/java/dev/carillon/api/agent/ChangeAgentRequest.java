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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes to an agent; a field that you omit keeps its value.
 *
 * @param name a display name, 1 to 100 characters
 * @param owner the person or team responsible for it, up to 200 characters; an empty string removes the owner
 * @param metadata replaces the stored metadata
 */
@Wire
record ChangeAgentRequest(
        @Nullable
        @Limits(least = 1, most = CreateAgentRequest.LONGEST_NAME)
        @Example(CreateAgentRequest.NAME_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String name,

        @Nullable
        @Limits(most = CreateAgentRequest.LONGEST_OWNER)
        @Example(CreateAgentRequest.OWNER_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String owner,

        @Nullable @MetadataField @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {

    UnaryOperator<AgentDraft> toChange() {
        var replaced = metadata == null ? null : Metadata.of(metadata);
        return now -> new AgentDraft(
                name == null ? now.name() : name,
                owner == null ? now.owner() : CreateAgentRequest.owned(owner),
                replaced == null ? now.metadata() : replaced);
    }
}
