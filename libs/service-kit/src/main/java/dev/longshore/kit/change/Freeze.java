package dev.longshore.kit.change;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the service's copy of the freezes. */
@Entity
@Table(name = "freeze_in_force")
class Freeze {

    @Id
    String scope = "";

    String reason = "";

    protected Freeze() {}
}
