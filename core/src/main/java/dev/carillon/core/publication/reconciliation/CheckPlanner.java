package dev.carillon.core.publication.reconciliation;

import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.publication.Change;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.PublishingConfig;
import jakarta.inject.Singleton;
import java.util.List;

/** Plans the one check after a post was published, on platforms that can be asked. */
@Singleton
public class CheckPlanner {
    private final Connectors connectors;
    private final PublishingConfig config;

    CheckPlanner(Connectors connectors, PublishingConfig config) {
        this.connectors = connectors;
        this.config = config;
    }

    public List<Change> planned(List<Change> changes) {
        return config.checks().isEmpty()
                ? changes
                : changes.stream().map(this::planned).toList();
    }

    private Change planned(Change change) {
        var publication = change.publication();
        return publication.status() == PublicationStatus.PUBLISHED && canBeAsked(publication)
                ? new Change(
                        publication.checkedAt(change.at().plus(config.checks().getFirst())), change.at())
                : change;
    }

    private boolean canBeAsked(Publication publication) {
        return connectors
                .find(publication.platform(), publication.tenant().mode())
                .filter(connector ->
                        connector.recoveryCapability(publication.platform()) != RecoveryCapability.NOT_ANSWERABLE)
                .isPresent();
    }
}
