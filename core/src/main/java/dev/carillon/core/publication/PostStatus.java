package dev.carillon.core.publication;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of a post, derived from its publications and from nothing else. */
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
     * The state of a post with these publications; there is at least one. A part that only follows its thread says nothing of its own: it is
     * where the part before it is.
     */
    public static PostStatus ofAll(Collection<Publication> publications) {
        return of(publications.stream()
                .filter(publication -> !publication.followsThread())
                .map(Publication::status)
                .toList());
    }

    /** The same, from the states of those that count. */
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

    /** Whether each of its publications has ended, one way or the other. */
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
