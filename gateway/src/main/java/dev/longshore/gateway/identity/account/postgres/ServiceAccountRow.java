package dev.longshore.gateway.identity.account.postgres;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.identity.domain.RolesByProject;
import dev.longshore.gateway.identity.postgres.NamedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A machine's account. */
@Entity
@Table(name = "service_account")
public class ServiceAccountRow extends NamedRow<ServiceAccount> {

    String project = "";

    @Nullable
    String description;

    String roles = "";

    @Column(name = "is_disabled")
    boolean isDisabled;

    protected ServiceAccountRow() {}

    /** What is wanted of one. */
    public record Content(String project, @Nullable String description, Grants grants, boolean isDisabled) {}

    public void write(Content content) {
        project = content.project();
        description = content.description();
        roles = RolesByProject.toLines(content.grants());
        isDisabled = content.isDisabled();
    }

    @Override
    protected ServiceAccount show() {
        return new ServiceAccount(
                name(),
                project,
                description,
                RolesByProject.show(RolesByProject.fromLines(roles)),
                isDisabled,
                version(),
                createdAt(),
                updatedAt(),
                updatedBy());
    }
}
