package dev.carillon.core.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @Test
    void oneAddressIsOneTextHoweverItWasWritten() {
        assertThat(EmailAddress.read(" Ada.Lovelace+x@Example.ORG "))
                .contains(new EmailAddress("ada.lovelace+x@example.org"));
        assertThat(new EmailAddress("ada@example.org")).asString().doesNotContain("ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@@example.org",
                "ada@exam ple.org",
                "ada@example.org\r\nBcc: all@example.org",
                "ada@-example.org",
                "Ada <ada@example.org>",
                "а\u0434\u0430@example.org",
                "ada@example.org,eve@example.org",
                // The first character is the Kelvin sign, whose lower case is an ASCII k.
                "\u212Aim@example.org"
            })
    void whatIsNoAddressIsNotTaken(String text) {
        assertThat(EmailAddress.read(text)).isEmpty();
    }

    @Test
    void anAddressHasAnEnd() {
        assertThat(EmailAddress.read("a".repeat(65) + "@example.org")).isEmpty();
        assertThat(EmailAddress.read("ada@" + "a.".repeat(200) + "org")).isEmpty();
    }
}
