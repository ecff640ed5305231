package dev.carillon.api.publication;

import dev.carillon.api.apikey.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.http.PathIds;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.PublicationService;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;

/** A post on one account, and every try to publish it. */
@Controller("/v1/publications/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "publications")
class PublicationController {
    private final PublicationService publications;

    PublicationController(PublicationService publications) {
        this.publications = publications;
    }

    /**
     * Reads one publication. Needs the scope posts.read.
     *
     * @param id the publication's id
     */
    @Get
    PublicationResponse getPublication(@FromKey Actor actor, String id) {
        return PublicationResponse.of(publications.get(actor, idOf(id)));
    }

    /**
     * Lists every try to publish it, first to last. Needs the scope posts.read.
     *
     * @param id the publication's id
     */
    @Get("/attempts")
    ListResponse<AttemptResponse> listAttempts(@FromKey Actor actor, String id) {
        boolean livemode = actor.mode().livemode();
        return ListResponse.whole(publications.attempts(actor, idOf(id)).stream()
                .map(attempt -> AttemptResponse.of(attempt, livemode))
                .toList());
    }

    private static PublicationId idOf(String text) {
        return PathIds.read(PublicationId.KIND, "publication", text);
    }
}
