package dev.longshore.push.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.push.postgres.DeliveryOutcomes;
import dev.longshore.push.postgres.Registries;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/delivery-outcomes}: what became of notifications, for the gateway to show with them. */
@Path("/api/v1/delivery-outcomes")
@Tag(name = "Deliveries")
class DeliveryOutcomeResource {

    private final DeliveryOutcomes outcomes;
    private final Registries registries;
    private final Caller caller;

    DeliveryOutcomeResource(DeliveryOutcomes outcomes, Registries registries, Caller caller) {
        this.outcomes = outcomes;
        this.registries = registries;
        this.caller = caller;
    }

    /**
     * @param state {@code pending} until every hint is answered, then {@code done} or {@code failed}; {@code rejected} if
     *     nothing was understood at all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Outcome(
            String delivery,
            String registry,
            Instant receivedAt,
            String state,
            int notifications,
            int skipped,
            int ignored,
            int pulls,
            Readings readings,
            List<Unusable> unusable,
            List<String> reasons) {

        static Outcome from(DeliveryOutcomes.Outcome found) {
            return new Outcome(
                    found.delivery(),
                    found.registry(),
                    found.receivedAt(),
                    state(found),
                    found.notifications(),
                    found.skipped(),
                    found.ignored(),
                    found.pulls(),
                    new Readings(found.pending(), found.done(), found.failed()),
                    found.unusable().stream()
                            .map(each -> new Unusable(each.eventId(), each.reason()))
                            .toList(),
                    reasons(found));
        }

        private static String state(DeliveryOutcomes.Outcome found) {
            if (found.rejectedBecause() != null || nothingWasUsable(found)) {
                return "rejected";
            }
            if (found.pending() > 0) {
                return "pending";
            }
            return found.failed() > 0 ? "failed" : "done";
        }

        private static boolean nothingWasUsable(DeliveryOutcomes.Outcome found) {
            return !found.unusable().isEmpty() && found.notifications() + found.skipped() == 0;
        }

        private static List<String> reasons(DeliveryOutcomes.Outcome found) {
            var rejected = found.rejectedBecause();
            return rejected == null ? found.reasons() : List.of(rejected);
        }
    }

    /** How many of its hints wait to be read, were read, or could not be. */
    record Readings(long pending, long done, long failed) {}

    record Unusable(String eventId, String reason) {}

    @GET
    @Operation(summary = "What became of these deliveries; those not yet seen are left out")
    public Uni<CursorPage<Outcome>> find(
            @QueryParam("delivery") @Parameter(required = true) @NotEmpty @Size(max = 200)
                    List<@Pattern(regexp = "[A-Za-z0-9-]{1,100}") String> deliveries) {
        return registries
                .visible(caller.access())
                .chain(visible -> outcomes.find(deliveries)
                        .map(found -> new CursorPage<>(
                                found.stream()
                                        .filter(outcome -> visible.contains(outcome.registry()))
                                        .map(Outcome::from)
                                        .toList(),
                                null)));
    }
}
