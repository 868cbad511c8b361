package dev.longshore.config.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.config.domain.Content;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.SecretField;
import dev.longshore.config.domain.SpecJson;
import dev.longshore.config.domain.Stored;
import dev.longshore.events.ConfigEvent.Secret;
import dev.longshore.kit.event.StoredJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Optional;

/** One resource of any kind: its spec as JSON, its secrets sealed beside it. */
@Entity
@Table(name = "resource")
class ResourceRow {

    private static final TypeReference<EnumMap<SecretField, Secret>> SECRETS = new TypeReference<>() {};

    /** The key of its events: {@code registry/left}. */
    @Id
    String id = "";

    String kind = "";
    String name = "";
    String project = "";
    long version;
    String spec = "{}";
    String secrets = "{}";

    @Column(name = "secrets_version")
    long secretsVersion;

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    @Column(name = "updated_at")
    Instant updatedAt = Instant.EPOCH;

    @Column(name = "updated_by")
    String updatedBy = "";

    @Column(name = "is_deleted")
    boolean isDeleted = true;

    protected ResourceRow() {}

    Kind kind() {
        return Kind.parse(kind);
    }

    Optional<Stored> stored() {
        if (isDeleted) {
            return Optional.empty();
        }
        var content = new Content(project, SpecJson.parse(spec), StoredJson.read(secrets, SECRETS), secretsVersion);
        return Optional.of(new Stored(kind(), name, version, content, createdAt, updatedAt, updatedBy));
    }

    boolean says(Content content) {
        return stored().map(Stored::content).filter(content::equals).isPresent();
    }

    Stored write(Content content, Instant now, String by) {
        project = content.project();
        spec = content.spec().toString();
        secrets = StoredJson.write(content.secrets());
        secretsVersion = content.secretsVersion();
        createdAt = isDeleted ? now : createdAt;
        isDeleted = false;
        touch(now, by);
        return stored().orElseThrow();
    }

    /** The secrets are forgotten at once. */
    void delete(Instant now, String by) {
        spec = "{}";
        secrets = "{}";
        isDeleted = true;
        touch(now, by);
    }

    private void touch(Instant now, String by) {
        version++;
        updatedAt = now;
        updatedBy = by;
    }
}
