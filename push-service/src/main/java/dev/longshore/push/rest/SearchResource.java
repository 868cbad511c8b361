package dev.longshore.push.rest;

import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.push.postgres.ImageQueries;
import dev.longshore.push.postgres.ImageQueries.TagFound;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/search}: tags by a part of their reference. */
@Path("/api/v1/search")
@Tag(name = "Images")
class SearchResource {

    private static final int LONGEST = 255;

    private final ImageQueries images;
    private final Caller caller;

    SearchResource(ImageQueries images, Caller caller) {
        this.images = images;
        this.caller = caller;
    }

    record Hit(String reference, String registry, String repository, String tag, String digest, Instant pushedAt) {

        static Hit from(TagFound found) {
            return new Hit(
                    found.reference(),
                    found.registry(),
                    found.repository(),
                    found.tag(),
                    found.digest(),
                    found.pushedAt());
        }
    }

    @GET
    @Operation(summary = "Finds tags whose reference (registry/repository:tag) holds a text, in any case")
    public Uni<CursorPage<Hit>> search(
            @QueryParam("q")
                    @Parameter(required = true, schema = @Schema(pattern = "\\S"))
                    @DefaultValue("")
                    @NotBlank
                    @Size(max = LONGEST)
                    String text,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return images.search(text, Cursor.decode(cursor), limit, caller.access())
                .map(found -> CursorPage.of(found, limit, TagFound::reference).map(Hit::from));
    }
}
