package dev.carillon.core.publication;

import dev.carillon.core.kernel.PublicationId;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Keeps what happens to publications beside their attempts. Rare facts only: one that goes well has none. */
@Singleton
public class PublicationSteps {
    private final StepQueries queries;

    PublicationSteps(StepQueries queries) {
        this.queries = queries;
    }

    /** Joins the transaction of what happened. */
    void record(Publication publication, StepKind kind, Map<String, String> detail) {
        queries.add(publication, kind, detail);
    }

    /** The steps of all these publications, in the order of their time; joins the open transaction. */
    public List<PublicationStep> of(Collection<PublicationId> publications) {
        return queries.of(publications);
    }
}
