package dev.carillon.core.publication;

import jakarta.inject.Singleton;
import java.util.Map;

/** Keeps what happens to publications beside their attempts. Rare facts only: one that goes well has none. */
@Singleton
class PublicationSteps {
    private final StepQueries queries;

    PublicationSteps(StepQueries queries) {
        this.queries = queries;
    }

    /** Joins the transaction of what happened. */
    void record(Publication publication, StepKind kind, Map<String, String> detail) {
        queries.add(publication, kind, detail);
    }
}
