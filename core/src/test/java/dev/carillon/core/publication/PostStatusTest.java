package dev.carillon.core.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostStatusTest {
    @ParameterizedTest
    @CsvSource({
        "draft draft, DRAFT",
        "pending_approval, PENDING_APPROVAL",
        "scheduled scheduled, SCHEDULED",
        "scheduled publishing, IN_PROGRESS",
        "held, IN_PROGRESS",
        "outcome_unknown, IN_PROGRESS",
        "processing published, IN_PROGRESS",
        "published scheduled, IN_PROGRESS",
        "failed scheduled, IN_PROGRESS",
        "published published, PUBLISHED",
        "published failed, PARTIALLY_PUBLISHED",
        "published canceled, PARTIALLY_PUBLISHED",
        "canceled canceled, CANCELED",
        "failed canceled, FAILED",
        "missed, FAILED"
    })
    void aPostIsWhatItsPublicationsMakeOfIt(String publications, PostStatus expected) {
        List<PublicationStatus> statuses = Arrays.stream(publications.split(" "))
                .map(PublicationStatus::named)
                .toList();

        assertThat(PostStatus.of(statuses)).isEqualTo(expected);
    }
}
