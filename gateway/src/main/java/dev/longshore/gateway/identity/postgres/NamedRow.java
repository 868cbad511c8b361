package dev.longshore.gateway.identity.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.Optional;

/**
 * What people put on a name of their choice. Of version 0 while it is being made, which nobody else sees.
 *
 * @param <T> what is shown of it
 */
@MappedSuperclass
public abstract class NamedRow<T> {

    @Id
    String name = "";

    long version;

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    @Column(name = "updated_at")
    Instant updatedAt = Instant.EPOCH;

    @Column(name = "updated_by")
    String updatedBy = "";

    protected NamedRow() {}

    public String name() {
        return name;
    }

    public long version() {
        return version;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public String updatedBy() {
        return updatedBy;
    }

    protected abstract T show();

    /** Empty while it is being made. */
    public Optional<T> shown() {
        return version == 0 ? Optional.empty() : Optional.of(show());
    }

    /** Its next version, after it was written. */
    public T touch(Instant now, String by) {
        createdAt = version == 0 ? now : createdAt;
        version++;
        updatedAt = now;
        updatedBy = by;
        return show();
    }
}
