package dev.carillon.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdKindTest {
    @Property
    void everyIdReadsBackAsItself(@ForAll long high, @ForAll long low) {
        var id = new PostId(new UUID(high, low));

        assertThat(PostId.KIND.read(id.toString())).contains(id);
    }

    @Property
    void textsSortLikeTheIds(@ForAll long one, @ForAll long other) {
        var first = new PostId(new UUID(one, 0));
        var second = new PostId(new UUID(other, 0));

        assertThat(Integer.signum(first.toString().compareTo(second.toString())))
                .isEqualTo(Long.compareUnsigned(one, other));
    }

    @Test
    void anIdOfAnotherKindIsNotRead() {
        var post = new PostId(UUID.randomUUID());

        assertThat(PublicationId.KIND.read(post.toString())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "post_",
                "post_zzzzzzzzzzzzzzzzzzzzzzzzzz",
                "post_0123",
                "post_0000000000000000000000000u",
                "post_00000000000000000000000000 "
            })
    void whatIsNoIdIsNotRead(String text) {
        assertThat(PostId.KIND.read(text)).isEmpty();
    }
}
