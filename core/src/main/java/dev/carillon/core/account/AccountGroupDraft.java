package dev.carillon.core.account;

import java.util.Map;

/** The editable fields of a group. */
public record AccountGroupDraft(String name, Map<String, Object> metadata) {
    public AccountGroupDraft {
        metadata = Map.copyOf(metadata);
    }
}
