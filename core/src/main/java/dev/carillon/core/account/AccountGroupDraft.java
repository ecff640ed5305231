package dev.carillon.core.account;

import java.util.Map;

/** What a group is called. */
public record AccountGroupDraft(String name, Map<String, Object> metadata) {
    public AccountGroupDraft {
        metadata = Map.copyOf(metadata);
    }
}
