package dev.carillon.core.publication;

import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Records what happens to publications besides their attempts. These are rare: a publication that goes well has no
 * steps.
 */
@Singleton
public class PublicationSteps {
    private final StepQueries queries;

    PublicationSteps(StepQueries queries) {
        this.queries = queries;
    }

    /** Joins the transaction of the fact that it records. */
    public void record(Publication publication, StepKind kind, Map<String, String> detail) {
        queries.add(publication, kind, detail);
    }
}
