package dev.longshore.push.checkpoint.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.push.checkpoint.postgres.CheckpointRecord;
import dev.longshore.push.checkpoint.postgres.Checkpoints;
import dev.longshore.push.checkpoint.rest.RequestPush.Brought;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/checkpoints}: archives of container checkpoints become images. */
@Path(UploadForm.PATH)
@Tag(name = "Checkpoints", description = "Archives of container checkpoints become images.")
@Produces(MediaType.APPLICATION_JSON)
class CheckpointResource {

    private final Uploads uploads;
    private final NamedArchive named;
    private final RequestPush requests;
    private final Checkpoints checkpoints;
    private final BlockingCalls blocking;
    private final Caller caller;

    CheckpointResource(
            Uploads uploads,
            NamedArchive named,
            RequestPush requests,
            Checkpoints checkpoints,
            BlockingCalls blocking,
            Caller caller) {
        this.uploads = uploads;
        this.named = named;
        this.requests = requests;
        this.checkpoints = checkpoints;
        this.blocking = blocking;
        this.caller = caller;
    }

    /**
     * An archive that lies where the operator allows.
     *
     * @param path within that folder
     * @param metadata path of the document that SNAP writes beside an archive: it says repository, tag and registry
     */
    @Schema(
            name = "CheckpointByPath",
            examples =
                    "{\"path\": \"web-1/checkpoint.tar\", \"registry\": \"nexus\", \"repository\": \"checkpoints/web\", \"tag\": \"web-1\"}")
    public record ByPath(
            @NotNull @Schema(pattern = UploadForm.FILE) @Size(min = 1, max = 1024)
            String path,

            @NotNull @Schema(pattern = UploadForm.REGISTRY) String registry,

            @Schema(pattern = UploadForm.REPOSITORY, maxLength = 255) @Nullable
            String repository,

            @Schema(pattern = UploadForm.TAG) @Nullable String tag,

            @Schema(pattern = UploadForm.FILE) @Size(max = 1024) @Nullable
            String metadata) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "pushCheckpoint",
            summary = "Pushes an archive that lies in the folder for checkpoints, as an image")
    @APIResponse(
            responseCode = "202",
            description = "Begun; Location says where to look",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Brought.class)))
    @APIResponse(responseCode = "404", description = "There is no such file, or no such registry")
    public Uni<Response> push(@NotNull @Valid ByPath wanted) {
        var access = caller.access();
        return blocking.call(() -> named.find(wanted))
                .chain(found -> requests.ofPath(found.asked(), wanted.path(), found.metadata(), access))
                .map(CheckpointResource::accepted);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            operationId = "uploadCheckpoint",
            summary = "Uploads an archive and pushes it as an image",
            description =
                    "Streamed, as large as the operator allows. Where repository and tag are left out they come from the archive.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            requiredProperties = {"archive", "registry"},
                                            properties = {
                                                @SchemaProperty(
                                                        name = "archive",
                                                        type = SchemaType.STRING,
                                                        format = "binary"),
                                                @SchemaProperty(
                                                        name = "registry",
                                                        type = SchemaType.STRING,
                                                        pattern = UploadForm.REGISTRY),
                                                @SchemaProperty(
                                                        name = "repository",
                                                        type = SchemaType.STRING,
                                                        pattern = UploadForm.REPOSITORY,
                                                        maxLength = 255),
                                                @SchemaProperty(
                                                        name = "tag",
                                                        type = SchemaType.STRING,
                                                        pattern = UploadForm.TAG)
                                            })))
    @APIResponse(
            responseCode = "202",
            description = "Received and begun; Location says where to look",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Brought.class)))
    @APIResponse(responseCode = "413", description = "Larger than the operator allows")
    @APIResponse(responseCode = "507", description = "There is no space for it")
    public Uni<Response> upload(@Context HttpServerRequest request) {
        var access = caller.access();
        return uploads.receive(request)
                .chain(form -> Uni.createFrom()
                        .deferred(() -> requests.ofUpload(
                                Asked.of(form.registry(), form.repository(), form.tag()), form, access))
                        .onFailure()
                        .call(() -> uploads.discard(form.part())))
                .map(CheckpointResource::accepted);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getCheckpoint", summary = "What came of a checkpoint")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CheckpointView.class)))
    @APIResponse(responseCode = "404", description = "There is none of this id")
    public Uni<CheckpointView> get(@PathParam("id") String id) {
        var access = caller.access();
        return checkpoints
                .find(id)
                .map(found -> found.filter(checkpoint -> access.sees(checkpoint.project()))
                        .map(CheckpointView::from)
                        .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such checkpoint")));
    }

    @GET
    @Operation(operationId = "listCheckpoints", summary = "Lists checkpoints, the newest first")
    public Uni<CursorPage<CheckpointView>> list(
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return checkpoints
                .list(Cursor.decode(cursor), limit, caller.access())
                .map(found -> CursorPage.of(found, limit, CheckpointRecord::id).map(CheckpointView::from));
    }

    private static Response accepted(Brought brought) {
        return Response.accepted(brought)
                .location(URI.create(UploadForm.PATH + "/" + brought.id()))
                .build();
    }
}
