package dev.longshore.push.checkpoint.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.oci.InvalidReferenceException;
import dev.longshore.push.checkpoint.domain.PodMetadata;
import dev.longshore.push.checkpoint.rest.CheckpointResource.ByPath;
import dev.longshore.push.checkpoint.spool.AllowedFolder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds what a caller named by its path. Blocks. */
@ApplicationScoped
class NamedArchive {

    private static final int LARGEST_METADATA = 1 << 20;

    private final AllowedFolder folder;

    NamedArchive(AllowedFolder folder) {
        this.folder = folder;
    }

    /** What is wanted, and the document beside the archive if one was named. */
    record Found(Asked asked, Optional<PodMetadata> metadata) {}

    Found find(ByPath wanted) throws IOException {
        file("path", wanted.path());
        if (wanted.metadata() == null) {
            return new Found(Asked.of(wanted.registry(), wanted.repository(), wanted.tag()), Optional.empty());
        }
        var metadata = parse(file("metadata", wanted.metadata()));
        var asked = Asked.of(
                wanted.registry(),
                Optional.ofNullable(wanted.repository()).orElse(metadata.repository()),
                Optional.ofNullable(wanted.tag()).orElse(metadata.tag()));
        return new Found(asked, Optional.of(metadata));
    }

    private Path file(String field, String name) throws IOException {
        try {
            return folder.find(name)
                    .orElseThrow(() ->
                            Asked.wrong(ErrorCode.NOT_FOUND, field, "The folder for checkpoints has no such file"));
        } catch (AllowedFolder.OutsideException outside) {
            throw Asked.wrong(ErrorCode.INVALID_REQUEST, field, String.valueOf(outside.getMessage()));
        }
    }

    private static PodMetadata parse(Path file) throws IOException {
        if (Files.size(file) > LARGEST_METADATA) {
            throw Asked.wrong(ErrorCode.TOO_LARGE, "metadata", "The metadata is too large");
        }
        try {
            return PodMetadata.parse(Files.readAllBytes(file));
        } catch (InvalidReferenceException invalid) {
            throw Asked.wrong(ErrorCode.INVALID_REFERENCE, "metadata", String.valueOf(invalid.getMessage()));
        } catch (IllegalArgumentException invalid) {
            throw Asked.wrong(ErrorCode.INVALID_REQUEST, "metadata", String.valueOf(invalid.getMessage()));
        }
    }
}
