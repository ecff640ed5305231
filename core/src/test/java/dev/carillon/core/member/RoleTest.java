package dev.carillon.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.apikey.Scope;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class RoleTest {
    @Test
    void eachRoleMayDoAllThatThoseAfterItMay() {
        var roles = Role.values();
        for (int i = 1; i < roles.length; i++) {
            assertThat(roles[i - 1].scopes())
                    .containsAll(roles[i].scopes())
                    .hasSizeGreaterThan(roles[i].scopes().size());
        }
        assertThat(Role.OWNER.scopes()).isEqualTo(EnumSet.allOf(Scope.class));
    }

    @Test
    void aViewerOnlyReads() {
        assertThat(Role.VIEWER.scopes()).allMatch(scope -> scope.wireName().endsWith(".read"));
    }
}
