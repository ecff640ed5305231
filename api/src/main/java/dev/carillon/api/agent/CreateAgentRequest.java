package dev.carillon.api.agent;

import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.Metadata;
import dev.carillon.core.agent.AgentDraft;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Map;
import java.util.Set;
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
        String name,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String owner,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    static final int LONGEST_NAME = 100;
    static final int LONGEST_OWNER = 200;

    /** A name, for error messages. */
    static final String NAME_EXAMPLE = "Release notes bot";

    static AgentDraft read(JsonObject body) {
        body.only(Set.of("name", "owner", Metadata.FIELD));
        return new AgentDraft(body.requiredText("name", LONGEST_NAME, NAME_EXAMPLE), owner(body), Metadata.of(body));
    }

    /** Reads an empty string as no owner. */
    static @Nullable String owner(JsonObject body) {
        var owner = body.text("owner", LONGEST_OWNER, "Social team");
        return owner == null || owner.isBlank() ? null : owner;
    }
}
