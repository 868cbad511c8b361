package dev.longshore.gateway.identity.user.postgres;

import dev.longshore.gateway.identity.postgres.NamedRow;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Someone's account. */
@Entity
@Table(name = "account")
@AttributeOverride(name = "name", column = @Column(name = "username"))
public class UserRow extends NamedRow<User> {

    @Column(name = "password_hash")
    @Nullable
    String passwordHash;

    @Nullable
    String role;

    @Nullable
    String email;

    @Column(name = "is_disabled")
    boolean isDisabled;

    @Column(name = "external_id")
    @Nullable
    String externalId;

    @Column(name = "member_of")
    String memberOf = "";

    protected UserRow() {}

    public void write(@Nullable String role, @Nullable String email, boolean isDisabled) {
        this.role = role;
        this.email = email;
        this.isDisabled = isDisabled;
    }

    public void setPassword(String hash) {
        this.passwordHash = hash;
    }

    @Override
    protected User show() {
        return new User(
                name(),
                role,
                email,
                isDisabled,
                externalId != null,
                memberOf.lines().toList(),
                version(),
                createdAt(),
                updatedAt(),
                updatedBy());
    }
}
