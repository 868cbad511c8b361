package dev.longshore.gateway.identity.account.postgres;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.identity.domain.RolesByProject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A machine's account. Of version 0 while it is being made, which nobody else sees. */
@Entity
@Table(name = "service_account")
public class ServiceAccountRow {

    @Id
    String name = "";

    String project = "";

    @Nullable
    String description;

    String roles = "";

    @Column(name = "is_disabled")
    boolean isDisabled;

    long version;

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    @Column(name = "updated_at")
    Instant updatedAt = Instant.EPOCH;

    @Column(name = "updated_by")
    String updatedBy = "";

    protected ServiceAccountRow() {}

    /** What is wanted of one. */
    public record Content(String project, @Nullable String description, Grants grants, boolean isDisabled) {}

    public String name() {
        return name;
    }

    public Optional<ServiceAccount> account() {
        return version == 0 ? Optional.empty() : Optional.of(shown());
    }

    public ServiceAccount write(Content content, Instant now, String by) {
        project = content.project();
        description = content.description();
        roles = RolesByProject.toLines(content.grants());
        isDisabled = content.isDisabled();
        createdAt = version == 0 ? now : createdAt;
        version++;
        updatedAt = now;
        updatedBy = by;
        return shown();
    }

    private ServiceAccount shown() {
        return new ServiceAccount(
                name,
                project,
                description,
                RolesByProject.show(RolesByProject.fromLines(roles)),
                isDisabled,
                version,
                createdAt,
                updatedAt,
                updatedBy);
    }
}
