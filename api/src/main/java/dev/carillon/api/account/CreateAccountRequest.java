package dev.carillon.api.account;

import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.Metadata;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.platform.Platform;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An account to connect. In test mode, a username is enough for any platform; in live mode, send what the platform asks for.
 *
 * @param platform the platform's name in lower case, for example {@code bluesky}
 * @param username the account's user name, in test mode
 * @param credentials how to sign in, in live mode; for bluesky {@code pds_url}, {@code identifier} and {@code app_password}
 * @param accessExpiresAt when access to the account ends, in test mode; from then on its posts are refused with {@code auth_expired}
 * @param accountGroupId the group to put the account into; if you omit it, a new account goes to the default group, and a known account
 *     stays in its group
 * @param metadata your own data: up to 50 keys of at most 40 characters, with values of at most 500 characters
 */
@Wire
@Schema(requiredProperties = "platform")
record CreateAccountRequest(
        String platform,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String username,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> credentials,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Instant accessExpiresAt,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String accountGroupId,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    private static final String ACCESS_EXPIRES_AT = "access_expires_at";
    static final String GROUP = "account_group_id";

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_CREDENTIAL = 4_000;

    /**
     * The request, read and checked for its shape.
     *
     * @param input what the platform's connector receives, by the names of the public API
     * @param inputPointer JSON pointer to the input's fields in the body
     */
    record Wanted(
            Platform platform,
            Map<String, String> input,
            String inputPointer,
            Map<String, Object> metadata,
            @Nullable AccountGroupId group) {
        /** Keeps credentials out of logs. */
        @Override
        public String toString() {
            return "Wanted[" + platform + "]";
        }
    }

    static Wanted read(JsonObject body, Mode mode) {
        body.only(Set.of("platform", "username", "credentials", ACCESS_EXPIRES_AT, GROUP, Metadata.FIELD));
        var platform = body.requiredOneOf("platform", Platform.values(), Platform::wireName);
        var metadata = Metadata.of(body);
        var group = body.id(GROUP, AccountGroupId.KIND);
        if (mode.livemode()) {
            if (body.value("username") != null) {
                throw body.invalid(
                        "username", "username is for test mode only; connect a live account with credentials.");
            }
            if (body.value(ACCESS_EXPIRES_AT) != null) {
                throw body.invalid(
                        ACCESS_EXPIRES_AT,
                        "access_expires_at is for test mode only; remove it. The platform sets when access to a live account ends.");
            }
            return new Wanted(platform, credentials(body), "/credentials/", metadata, group);
        }
        if (body.value("credentials") != null) {
            throw body.invalid("credentials", "Test mode needs no credentials; send only a username.");
        }
        var input = new HashMap<String, String>();
        input.put("username", body.requiredText("username", LONGEST_NAME, "ada"));
        var expiresAt = body.time(ACCESS_EXPIRES_AT);
        if (expiresAt != null) {
            input.put(ACCESS_EXPIRES_AT, expiresAt.toString());
        }
        return new Wanted(platform, input, "/", metadata, group);
    }

    private static Map<String, String> credentials(JsonObject body) {
        var sent = body.object("credentials", "{\"identifier\": \"...\", \"app_password\": \"...\"}");
        if (sent == null) {
            return Map.of();
        }
        return sent.present().keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> sent.requiredText(name, LONGEST_CREDENTIAL, "...")));
    }
}
