package dev.carillon.api.apikey;

import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.Metadata;
import dev.carillon.core.apikey.NewApiKey;
import dev.carillon.core.auth.AccountBounds;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.net.address.AddressBlocks;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key to create.
 *
 * @param name a display name, 1 to 100 characters
 * @param scopes what the key may do; only scopes that the key of this request has
 * @param mode live or test; it must be the mode of the key of this request, so you rarely need to send it
 * @param agentId the agent that owns the key; a key of an agent can create keys for that agent only
 * @param allowedAddresses up to 50 addresses and blocks that the key may be used from, such as {@code 203.0.113.0/24}; by default those of
 *     the key of this request
 * @param accountIds the accounts that the key is restricted to: it reaches these and the accounts in the account groups, and nothing else;
 *     up to 100 in both lists together. If you omit both lists, the key is restricted like the key of this request
 * @param accountGroupIds the account groups that the key is restricted to
 * @param expiresAt when the key expires, no later than the key of this request
 * @param rateLimit the key's own limit over all of its requests, in addition to the limits of the plan; no higher than that of the key of
 *     this request, whose limit is the default
 * @param metadata your own data: up to 50 keys of at most 40 characters, with values of at most 500 characters
 */
@Wire
@Schema(requiredProperties = {"name", "scopes"})
record CreateApiKeyRequest(
        String name,
        List<String> scopes,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        ModeWord mode,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String agentId,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> allowedAddresses,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> accountIds,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> accountGroupIds,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Instant expiresAt,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        RateLimitView rateLimit,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    private static final String ALLOWED_ADDRESSES = "allowed_addresses";
    private static final String ACCOUNT_IDS = "account_ids";
    private static final String ACCOUNT_GROUP_IDS = "account_group_ids";
    private static final String EXPIRES_AT = "expires_at";
    private static final String AGENT_ID = "agent_id";
    private static final String SCOPES = "scopes";

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_WORD = 100;
    private static final int MOST_BLOCKS = 50;
    private static final int MOST_BOUNDS = 100;

    static NewApiKey read(JsonObject body, Mode mode) {
        body.only(Set.of(
                "name",
                SCOPES,
                "mode",
                AGENT_ID,
                ALLOWED_ADDRESSES,
                ACCOUNT_IDS,
                ACCOUNT_GROUP_IDS,
                EXPIRES_AT,
                RateLimitView.FIELD,
                Metadata.FIELD));
        requireMode(body, mode);
        return new NewApiKey(
                body.requiredText("name", LONGEST_NAME, "Production"),
                scopes(body),
                body.id(AGENT_ID, AgentId.KIND),
                addresses(body),
                bounds(body),
                body.time(EXPIRES_AT),
                RateLimitView.read(body),
                Metadata.of(body));
    }

    private static void requireMode(JsonObject body, Mode mode) {
        var own = mode.livemode() ? "live" : "test";
        var wanted = body.text("mode", LONGEST_WORD, own);
        if (wanted != null && !wanted.equals("live") && !wanted.equals("test")) {
            throw body.invalid("mode", "mode must be \"live\" or \"test\".");
        }
        if (wanted != null && !wanted.equals(own)) {
            throw ErrorCode.MODE_MISMATCH.at(
                    "/mode", "A %s key can create only %s keys; use a %s key.".formatted(own, own, wanted));
        }
    }

    private static AccountBounds bounds(JsonObject body) {
        if (body.value(ACCOUNT_IDS) == null && body.value(ACCOUNT_GROUP_IDS) == null) {
            return AccountBounds.unbound();
        }
        var bounds = new AccountBounds.Within(
                body.ids(ACCOUNT_IDS, AccountId.KIND), body.ids(ACCOUNT_GROUP_IDS, AccountGroupId.KIND));
        if (bounds.ids().isEmpty()) {
            throw body.invalid(
                    ACCOUNT_IDS,
                    "account_ids and account_group_ids are empty, so the key could use no account; name at least one, or leave both out.");
        }
        if (bounds.ids().size() > MOST_BOUNDS) {
            throw body.invalid(
                    ACCOUNT_IDS,
                    "account_ids and account_group_ids have %d entries; at most %d are allowed. Put the accounts into groups."
                            .formatted(bounds.ids().size(), MOST_BOUNDS));
        }
        return bounds;
    }

    private static Set<Scope> scopes(JsonObject body) {
        var names = body.texts(SCOPES, Scope.POSTS_READ.wireName());
        if (names.isEmpty()) {
            throw body.invalid(SCOPES, "scopes is required; send at least one of %s.".formatted(all()));
        }
        var scopes = EnumSet.noneOf(Scope.class);
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            scopes.add(Scope.named(name).orElseThrow(unknown(SCOPES + "/" + i, name)));
        }
        return scopes;
    }

    private static Supplier<RuntimeException> unknown(String place, String name) {
        return () -> ErrorCode.INVALID_PARAMETER.at(
                "/" + place, "There is no scope %s; the scopes are %s.".formatted(shortened(name), all()));
    }

    private static String shortened(String name) {
        return name.length() > LONGEST_WORD ? name.substring(0, LONGEST_WORD) + "..." : name;
    }

    private static String all() {
        return Arrays.stream(Scope.values()).map(Scope::wireName).sorted().collect(Collectors.joining(", "));
    }

    private static AddressBlocks addresses(JsonObject body) {
        var texts = body.texts(ALLOWED_ADDRESSES, "203.0.113.0/24");
        if (texts.size() > MOST_BLOCKS) {
            throw body.invalid(
                    ALLOWED_ADDRESSES,
                    "allowed_addresses has %d entries; at most %d are allowed.".formatted(texts.size(), MOST_BLOCKS));
        }
        try {
            return AddressBlocks.parse(
                    texts.stream().map(CreateApiKeyRequest::shortened).toList());
        } catch (IllegalArgumentException e) {
            throw body.invalid(
                    ALLOWED_ADDRESSES,
                    "%s; send a value such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.".formatted(e.getMessage()));
        }
    }
}
