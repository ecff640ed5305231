package dev.carillon.api.agent;

import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.Metadata;
import dev.carillon.core.agent.AgentDraft;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Map;
import java.util.Set;
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
        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String name,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String owner,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {

    static UnaryOperator<AgentDraft> read(JsonObject body) {
        body.only(Set.of("name", "owner", Metadata.FIELD));
        var name = body.value("name") == null
                ? null
                : body.requiredText("name", CreateAgentRequest.LONGEST_NAME, CreateAgentRequest.NAME_EXAMPLE);
        boolean owned = body.value("owner") != null;
        var owner = CreateAgentRequest.owner(body);
        var metadata = body.value(Metadata.FIELD) == null ? null : Metadata.of(body);
        return now -> new AgentDraft(
                name == null ? now.name() : name,
                owned ? owner : now.owner(),
                metadata == null ? now.metadata() : metadata);
    }
}
