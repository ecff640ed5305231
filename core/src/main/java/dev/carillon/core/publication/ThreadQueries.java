package dev.carillon.core.publication;

import static java.util.stream.Collectors.toMap;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.PlatformPost;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

@Singleton
public class ThreadQueries {
    // Parts are locked after the parts before them, in the order of their ids, which is the order of the parts.
    private static final String RELEASE = """
            UPDATE publication AS part
            SET status = 'scheduled', hold_reason = NULL, generation = generation + 1, due_at = next.at, urgent = next.urgent,
                updated_at = next.at
            FROM (SELECT child.id, published.at, published.urgent
                  FROM unnest(?::uuid[], ?::boolean[], ?::timestamptz[]) AS published (id, urgent, at)
                  JOIN publication AS child ON child.parent_publication_id = published.id
                  WHERE child.status = 'held' AND child.hold_reason = 'waiting_for_parent'
                  ORDER BY child.id FOR UPDATE OF child) AS next
            WHERE part.id = next.id AND part.status = 'held'
            RETURNING part.*
            """;
    private static final String BLOCK = """
            UPDATE publication AS part
            SET hold_reason = 'parent_not_published', failure = later.failure, generation = generation + 1, updated_at = later.at
            FROM (SELECT child.id, ended.failure, ended.at
                  FROM unnest(?::uuid[], ?::bigint[], ?::jsonb[], ?::timestamptz[]) AS ended (root, part, failure, at)
                  JOIN publication AS child ON child.root_publication_id = ended.root AND child.part > ended.part
                  WHERE child.status = 'held' AND child.hold_reason = 'waiting_for_parent'
                  ORDER BY child.id FOR UPDATE OF child) AS later
            WHERE part.id = later.id AND part.status = 'held'
            RETURNING part.*
            """;
    // Held rows are never claimed, whatever their due_at. It tells the duplicate check that they go out from now on and
    // not at their original time.
    private static final String REVIVE = """
            UPDATE publication AS part
            SET hold_reason = 'waiting_for_parent', failure = NULL, generation = generation + 1, publish_at = later.publish_at,
                due_at = greatest(later.publish_at, later.at), updated_at = later.at
            FROM (SELECT child.id, again.publish_at, again.at
                  FROM unnest(?::uuid[], ?::bigint[], ?::timestamptz[], ?::timestamptz[]) AS again (root, part, publish_at, at)
                  JOIN publication AS child ON child.root_publication_id = again.root AND child.part > again.part
                  WHERE child.status = 'held' AND child.hold_reason = 'parent_not_published'
                  ORDER BY child.id FOR UPDATE OF child) AS later
            WHERE part.id = later.id AND part.status = 'held'
            RETURNING part.*
            """;
    private static final String CANCEL = """
            UPDATE publication AS part
            SET status = 'canceled', hold_reason = NULL, failure = NULL, generation = generation + 1, updated_at = later.at
            FROM (SELECT child.id, ended.at
                  FROM unnest(?::uuid[], ?::bigint[], ?::timestamptz[]) AS ended (root, part, at)
                  JOIN publication AS child ON child.root_publication_id = ended.root AND child.part > ended.part
                  WHERE child.status = 'held' AND child.hold_reason IN ('waiting_for_parent', 'parent_not_published')
                  ORDER BY child.id FOR UPDATE OF child) AS later
            WHERE part.id = later.id AND part.status = 'held'
            RETURNING part.*
            """;
    private static final String POSTS = """
            SELECT id, platform_post_id, permalink, platform_refs FROM publication WHERE id = ANY (?::uuid[])
            """;
    private static final String IS_WAITED_FOR = """
            SELECT EXISTS (SELECT FROM publication
                           WHERE parent_publication_id = ? AND status = 'held' AND hold_reason = 'waiting_for_parent') AS found
            """;

    private final Sql sql;
    private final PublicationRows rows;

    ThreadQueries(Sql sql, PublicationRows rows) {
        this.sql = sql;
        this.rows = rows;
    }

    /** Makes the parts due that wait for these published ones. */
    List<Publication> release(List<Change> published) {
        return sql.of(
                        RELEASE,
                        Sql.column(published, change -> change.publication().id()),
                        Sql.column(published, change -> change.publication().urgent()),
                        Sql.column(published, Change::at))
                .list(rows::read);
    }

    /** Marks all parts that wait behind these, which ended without being published, as blocked. */
    List<Publication> block(List<Change> ended) {
        return sql.of(
                        BLOCK,
                        Sql.column(ended, ThreadQueries::root),
                        Sql.column(ended, ThreadQueries::part),
                        Sql.column(ended, change -> rows.failure(ThreadFlow.notPublished(change.publication()))),
                        Sql.column(ended, Change::at))
                .list(rows::read);
    }

    /** Makes all blocked parts behind these wait again, because these are to be sent after all. */
    List<Publication> revive(List<Change> again) {
        return sql.of(
                        REVIVE,
                        Sql.column(again, ThreadQueries::root),
                        Sql.column(again, ThreadQueries::part),
                        Sql.column(again, change -> change.publication().publishAt()),
                        Sql.column(again, Change::at))
                .list(rows::read);
    }

    /** Cancels all parts that wait, or are blocked, behind these. */
    List<Publication> cancel(List<Change> canceled) {
        return sql.of(
                        CANCEL,
                        Sql.column(canceled, ThreadQueries::root),
                        Sql.column(canceled, ThreadQueries::part),
                        Sql.column(canceled, Change::at))
                .list(rows::read);
    }

    private static PublicationId root(Change change) {
        return Objects.requireNonNull(change.publication().thread()).root();
    }

    private static int part(Change change) {
        return change.publication().part();
    }

    /** The platform posts of publications. */
    Map<PublicationId, PlatformPost> posts(Collection<PublicationId> publications) {
        return sql
                .of(POSTS, publications)
                .list(row -> Map.entry(row.id("id", PublicationId.KIND), rows.platformPost(row)))
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whether a part of a thread waits for this publication. */
    public boolean isWaitedFor(PublicationId publication) {
        return sql.of(IS_WAITED_FOR, publication).one(row -> row.truth("found"));
    }
}
