package dev.longshore.gateway.identity.user.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An account. Of version 0 while it is being made, which nobody else sees. */
@Entity
@Table(name = "account")
public class UserRow {

    @Id
    String username = "";

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

    long version;

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    @Column(name = "updated_at")
    Instant updatedAt = Instant.EPOCH;

    @Column(name = "updated_by")
    String updatedBy = "";

    protected UserRow() {}

    public Optional<User> user() {
        return version == 0 ? Optional.empty() : Optional.of(shown());
    }

    public String name() {
        return username;
    }

    public void write(@Nullable String role, @Nullable String email, boolean isDisabled) {
        this.role = role;
        this.email = email;
        this.isDisabled = isDisabled;
    }

    public void setPassword(String hash) {
        this.passwordHash = hash;
    }

    public User touch(Instant now, String by) {
        createdAt = version == 0 ? now : createdAt;
        version++;
        updatedAt = now;
        updatedBy = by;
        return shown();
    }

    private User shown() {
        return new User(
                username,
                role,
                email,
                isDisabled,
                externalId != null,
                memberOf.lines().toList(),
                version,
                createdAt,
                updatedAt,
                updatedBy);
    }
}
