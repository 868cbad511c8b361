package dev.longshore.push.checkpoint.domain;

import static dev.longshore.push.checkpoint.domain.UnusableArchiveException.notACheckpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.oci.ForeignText;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells from the metadata of an archive whose checkpoint it is. */
public final class DescribeCheckpoint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] INVENTORY = {0x16, 0x31, 0x31, 0x58};
    private static final int LONGEST = 512;
    /** Before it there was no CRIU; Go writes the year 1 for a time that is none. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private final JsonNode config;
    private final JsonNode spec;
    private final JsonNode annotations;
    private final Documents documents;
    private final Contents contents;

    private DescribeCheckpoint(Documents documents, Contents contents) {
        this.config = json(documents, Documents.CONFIG);
        this.spec = json(documents, Documents.SPEC);
        this.annotations = spec.path("annotations");
        this.documents = documents;
        this.contents = contents;
    }

    public static Checkpoint of(Documents documents, Contents contents) {
        var inventory = documents
                .find(Documents.INVENTORY)
                .orElseThrow(() -> notACheckpoint("The archive has no %s".formatted(Documents.INVENTORY)));
        if (inventory.length < INVENTORY.length || !Stream.of(0, 1, 2, 3).allMatch(i -> inventory[i] == INVENTORY[i])) {
            throw notACheckpoint("%s does not begin as CRIU writes it".formatted(Documents.INVENTORY));
        }
        return new DescribeCheckpoint(documents, contents).describe();
    }

    private Checkpoint describe() {
        var engine = engine();
        var log = CriuLog.parse(documents.find(Documents.LOG).orElse(new byte[0]));
        return new Checkpoint(
                engine,
                container(engine).orElseThrow(() -> notACheckpoint("The archive does not name its container")),
                first(config, "id").orElse(null),
                first(annotations, "io.kubernetes.pod.name", "io.kubernetes.cri.sandbox-name")
                        .orElse(null),
                first(annotations, "io.kubernetes.pod.uid", "io.kubernetes.cri.sandbox-uid")
                        .orElse(null),
                first(annotations, "io.kubernetes.pod.namespace", "io.kubernetes.cri.sandbox-namespace")
                        .orElse(null),
                first(config, "rootfsImageName", "rootfsImage").orElse(null),
                first(config, "rootfsImageRef", "rootfsImageID").orElse(null),
                first(config, "runtime", "ociRuntime").orElse("runc"),
                time("createdTime"),
                checkpointedAt(),
                log.version().orElse(null),
                log.kernel().orElse(null),
                Processor.architecture(documents.core().orElse(new byte[0])),
                contents.size(Leak.Kind.MEMORY),
                contents.size(Leak.Kind.ROOT_FILESYSTEM),
                contents.leaks(SecretVariables.in(environment())));
    }

    private Engine engine() {
        var manager = first(annotations, "io.container.manager").orElse("");
        if (manager.equals("cri-o")) {
            return Engine.CRI_O;
        }
        if (manager.equals("libpod")) {
            return Engine.PODMAN;
        }
        if (contents.hasStatusDump() || annotations.has("io.kubernetes.cri.container-name")) {
            return Engine.CONTAINERD;
        }
        throw notACheckpoint("spec.dump is of no engine that is known: CRI-O, containerd or podman");
    }

    private Optional<String> container(Engine engine) {
        return switch (engine) {
            case CRI_O ->
                first(annotations, "io.kubernetes.cri-o.Metadata")
                        .flatMap(DescribeCheckpoint::nameIn)
                        .or(() -> first(annotations, "io.kubernetes.container.name"))
                        .or(() -> first(config, "name"));
            case CONTAINERD ->
                first(annotations, "io.kubernetes.cri.container-name").or(() -> first(config, "name"));
            case PODMAN -> first(config, "name");
        };
    }

    private static Optional<String> nameIn(String metadata) {
        try {
            return Optional.ofNullable(JSON.readTree(metadata)).flatMap(node -> first(node, "name"));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private List<String> environment() {
        var environment = new ArrayList<String>();
        spec.path("process").path("env").forEach(variable -> environment.add(variable.asText("")));
        return environment;
    }

    private Instant checkpointedAt() {
        var told = time("checkpointedTime");
        if (told != null) {
            return told;
        }
        return isPlausible(contents.newest()) ? contents.newest() : Instant.EPOCH;
    }

    private static boolean isPlausible(Instant time) {
        return time.isAfter(FIRST) && time.isBefore(LAST);
    }

    private @Nullable Instant time(String field) {
        try {
            return first(config, field)
                    .map(text -> OffsetDateTime.parse(text).toInstant())
                    .filter(DescribeCheckpoint::isPlausible)
                    .orElse(null);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** The first of the fields that is a text with something in it, bounded and printable. */
    private static Optional<String> first(JsonNode node, String... fields) {
        return Stream.of(fields)
                .map(field -> ForeignText.printable(node.path(field).asText("")).strip())
                .filter(text -> !text.isEmpty())
                .map(text -> ForeignText.cut(text, LONGEST))
                .findFirst();
    }

    private static JsonNode json(Documents documents, String name) {
        var content = documents.find(name).orElseThrow(() -> notACheckpoint("The archive has no %s".formatted(name)));
        try {
            var document = JSON.readTree(content);
            if (document != null && document.isObject()) {
                return document;
            }
        } catch (IOException _) {
            // Said below: what Jackson says of it would quote it.
        }
        throw notACheckpoint("%s is not a JSON object".formatted(name));
    }
}
