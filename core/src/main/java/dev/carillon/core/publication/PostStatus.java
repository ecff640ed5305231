package dev.carillon.core.publication;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of a post, derived only from its publications. */
public enum PostStatus {
    DRAFT,
    PENDING_APPROVAL,
    SCHEDULED,
    IN_PROGRESS,
    PUBLISHED,
    PARTIALLY_PUBLISHED,
    FAILED,
    CANCELED;

    private static final Set<PublicationStatus> UNDER_WAY = EnumSet.of(
            PublicationStatus.PUBLISHING,
            PublicationStatus.PROCESSING,
            PublicationStatus.HELD,
            PublicationStatus.OUTCOME_UNKNOWN);

    /**
     * The state of a post with these publications; there is at least one. A part that only waits for its thread does
     * not count, because its state follows from the part before it.
     */
    public static PostStatus ofAll(Collection<Publication> publications) {
        return of(publications.stream()
                .filter(publication -> !publication.followsThread())
                .map(Publication::status)
                .toList());
    }

    /** The state of a post, from the states of the publications that count. */
    public static PostStatus of(Collection<PublicationStatus> publications) {
        long ended = publications.stream().filter(PublicationStatus::isTerminal).count();
        if (ended == publications.size()) {
            return ofEnded(publications);
        }
        if (ended > 0 || publications.stream().anyMatch(UNDER_WAY::contains)) {
            return IN_PROGRESS;
        }
        if (publications.contains(PublicationStatus.PENDING_APPROVAL)) {
            return PENDING_APPROVAL;
        }
        return publications.contains(PublicationStatus.SCHEDULED) ? SCHEDULED : DRAFT;
    }

    private static PostStatus ofEnded(Collection<PublicationStatus> publications) {
        if (publications.stream().allMatch(PublicationStatus.PUBLISHED::equals)) {
            return PUBLISHED;
        }
        if (publications.contains(PublicationStatus.PUBLISHED)) {
            return PARTIALLY_PUBLISHED;
        }
        return publications.stream().allMatch(PublicationStatus.CANCELED::equals) ? CANCELED : FAILED;
    }

    /** Whether each of its publications has ended, whatever the outcome. */
    public boolean isEnded() {
        return switch (this) {
            case PUBLISHED, PARTIALLY_PUBLISHED, FAILED, CANCELED -> true;
            case DRAFT, PENDING_APPROVAL, SCHEDULED, IN_PROGRESS -> false;
        };
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static PostStatus named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
