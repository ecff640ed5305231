package dev.carillon.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
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

    /** People choose roles by this table, so it must match the code. */
    @Test
    void theDocumentsTableNamesTheScopesOfEachRole() throws IOException {
        var lines = Files.readAllLines(Path.of("..", "docs", "signing-in.md"));
        for (var role : List.of(Role.EDITOR, Role.VIEWER)) {
            var row = lines.stream()
                    .filter(line -> line.startsWith("| " + role.wireName() + " |"))
                    .findFirst()
                    .orElseThrow();
            var said = Arrays.stream(row.split("`")).filter(word -> word.matches("[a-z_]+\\.[a-z]+"));
            assertThat(said)
                    .containsExactlyInAnyOrderElementsOf(
                            role.scopes().stream().map(Scope::wireName).toList());
        }
        assertThat(lines).anyMatch(line -> line.equals("| admin | everything but `billing.write` |"));
        assertThat(EnumSet.complementOf(EnumSet.copyOf(Role.ADMIN.scopes()))).containsExactly(Scope.BILLING_WRITE);
    }
}
