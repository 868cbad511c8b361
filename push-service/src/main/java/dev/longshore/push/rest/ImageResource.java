package dev.longshore.push.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.InvalidReferenceException;
import dev.longshore.oci.Names;
import dev.longshore.push.postgres.ImageFound;
import dev.longshore.push.postgres.ImageQueries;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/images}: what the registries hold. */
@Path("/api/v1/images")
@Tag(name = "Images")
class ImageResource {

    private final ImageQueries images;
    private final Caller caller;

    ImageResource(ImageQueries images, Caller caller) {
        this.images = images;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Lists the images of the inventory, or finds one by its reference")
    public Uni<CursorPage<Image>> list(
            @QueryParam("registry") @DefaultValue("") String registry,
            @QueryParam("repository") @DefaultValue("") String repository,
            @QueryParam("reference") @Nullable String reference,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        if (reference != null) {
            return find(valid(() -> ImageReference.parse(reference)));
        }
        if (!registry.isEmpty()) {
            valid(() -> Names.registry(registry));
        }
        if (!repository.isEmpty()) {
            valid(() -> Names.repository(repository));
        }
        return images.list(registry, repository, Cursor.decode(cursor), limit, caller.access())
                .map(found -> CursorPage.of(found, limit, ImageFound::id).map(Image::from));
    }

    private Uni<CursorPage<Image>> find(ImageReference reference) {
        return images.find(reference.registry(), reference.reference(), caller.access())
                .map(found -> {
                    var image = found.orElseThrow(() -> new ProblemException(
                            ErrorCode.NOT_FOUND, "The inventory has no image '%s'".formatted(reference)));
                    return new CursorPage<>(List.of(Image.called(reference.toString(), image)), null);
                });
    }

    /** The problem says which part of the reference is wrong. */
    private static <T> T valid(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (InvalidReferenceException invalid) {
            var detail = String.valueOf(invalid.getMessage());
            var part = invalid.part().name().toLowerCase(Locale.ROOT);
            throw new ProblemException(
                    ErrorCode.INVALID_REFERENCE, detail, List.of(new FieldError("/" + part, detail)));
        }
    }
}
