package dev.carillon.core.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.testing.TestCarillon;
import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstallationKeysTest {
    // Without this, a session that one process created would be invalid at the next.
    @Test
    void everyProcessHasTheSameKeyAndNobodyWithAnotherMasterKeyHasIt() {
        try (var carillon = TestCarillon.start();
                var second = another(carillon, null);
                var stranger = another(carillon, MasterKey.generate())) {
            var key = carillon.bean(InstallationKeys.class).of("a purpose");

            assertThat(key).hasSize(32);
            assertThat(second.getBean(InstallationKeys.class).of("a purpose")).isEqualTo(key);
            assertThat(second.getBean(InstallationKeys.class).of("another purpose"))
                    .isNotEqualTo(key);
            assertThatThrownBy(() -> stranger.getBean(InstallationKeys.class).of("a purpose"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static ApplicationContext another(TestCarillon carillon, @Nullable String masterKey) {
        var settings = new HashMap<>(TestCarillon.settingsOf(carillon.database()));
        settings.put(TestCarillon.DIALECT, "POSTGRES");
        if (masterKey != null) {
            settings.put("carillon.master-key", masterKey);
        }
        return ApplicationContext.builder()
                .properties(settings)
                .deduceEnvironment(false)
                .start();
    }
}
