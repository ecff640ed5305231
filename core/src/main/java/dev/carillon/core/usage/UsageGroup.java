package dev.carillon.core.usage;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.IdKind;
import java.util.Locale;
import java.util.UUID;

/** The ways to group a usage report. */
public enum UsageGroup {
    METER("meter"),
    DAY("to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')"),
    PLATFORM("platform"),
    ACCOUNT("account_id::text"),
    API_KEY("coalesce(api_key_id::text, '')");

    private final String expression;

    UsageGroup(String expression) {
        this.expression = expression;
    }

    String expression() {
        return expression;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The group's value as callers see it, with ids in their public form. */
    String present(String value) {
        return switch (this) {
            case METER, DAY, PLATFORM -> value;
            case ACCOUNT -> outside(AccountId.KIND, value);
            case API_KEY -> outside(ApiKeyId.KIND, value);
        };
    }

    private static String outside(IdKind<?> kind, String uuid) {
        return uuid.isEmpty() ? "" : kind.write(UUID.fromString(uuid));
    }
}
