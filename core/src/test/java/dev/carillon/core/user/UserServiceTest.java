package dev.carillon.core.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.kernel.UserId;
import dev.carillon.core.testing.TestCarillon;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UserServiceTest {
    private static final String PROVIDER = "https://accounts.example";
    private static TestCarillon carillon;
    private static UserService users;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.sign-up", "open"));
        users = carillon.bean(UserService.class);
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void anIdentityStaysWithItsUserWhateverAddressItShowsLater() {
        var first = users.findOrMake(identity("1", "ada@example.org", true));

        assertThat(users.findOrMake(identity("1", "other@example.org", true)).id())
                .isEqualTo(first.id());
        assertThat(users.findOrMake(identity("1", null, false)).id()).isEqualTo(first.id());
        assertThat(first.email().text()).isEqualTo("ada@example.org");
        assertThat(first.name()).isEqualTo("Ada");
    }

    @Test
    void aVerifiedAddressLinksToWhoHasItAlready() {
        var byMail = users.findOrMake(VerifiedIdentity.byMail(new EmailAddress("grace@example.org")));
        var byProvider = users.findOrMake(identity("2", "Grace@Example.org", true));

        assertThat(byProvider.id()).isEqualTo(byMail.id());
        assertThat(byProvider.name()).as("taken from the provider").isEqualTo("Ada");
    }

    // Without this, anyone could enter another user's address at a provider and sign in as that user.
    @Test
    void anAddressThatWasNotVerifiedLinksToNobodyAndMakesNobody() {
        users.findOrMake(VerifiedIdentity.byMail(new EmailAddress("victim@example.org")));

        assertThatThrownBy(() -> users.findOrMake(identity("3", "victim@example.org", false)))
                .hasMessageStartingWith("email_not_verified");
        assertThatThrownBy(() -> users.findOrMake(identity("4", "nobody@example.org", false)))
                .hasMessageStartingWith("email_not_verified");
        assertThat(users.findByEmail(new EmailAddress("nobody@example.org"))).isEmpty();
    }

    @Test
    void onePersonWhoSignsInTwiceAtOneMomentIsOneUser() throws Exception {
        var found = new HashSet<UserId>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<UserId>>();
            for (int i = 0; i < 12; i++) {
                var subject = "same" + i % 3;
                calls.add(() -> users.findOrMake(identity(subject, "twin@example.org", true))
                        .id());
            }
            for (var call : threads.invokeAll(calls)) {
                found.add(call.get());
            }
        }
        assertThat(found).hasSize(1);
    }

    @Test
    void whereSignUpIsForTheInvitedAStrangerIsNotLetIn() {
        try (var closed = TestCarillon.start()) {
            var stranger = VerifiedIdentity.byMail(new EmailAddress("stranger@example.org"));

            assertThat(closed.bean(UserService.class).isLetIn(new EmailAddress("stranger@example.org")))
                    .isFalse();
            assertThatThrownBy(() -> closed.bean(UserService.class).findOrMake(stranger))
                    .hasMessageStartingWith("sign_up_closed");
            closed.bean(UserService.class).findOrMake(new EmailAddress("stranger@example.org"));
            assertThat(closed.bean(UserService.class)
                            .findOrMake(stranger)
                            .email()
                            .text())
                    .as("added by the operator")
                    .isEqualTo("stranger@example.org");
        }
    }

    private static VerifiedIdentity identity(String subject, @Nullable String email, boolean verified) {
        var address = email == null ? null : EmailAddress.read(email).orElseThrow();
        return new VerifiedIdentity(PROVIDER, subject, address, verified, "Ada");
    }
}
