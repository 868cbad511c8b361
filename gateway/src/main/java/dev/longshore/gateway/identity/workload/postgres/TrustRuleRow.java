package dev.longshore.gateway.identity.workload.postgres;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.identity.domain.RolesByProject;
import dev.longshore.gateway.identity.workload.domain.TrustRule;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A trust rule. Of version 0 while it is being made, which nobody else sees. */
@Entity
@Table(name = "trust_rule")
public class TrustRuleRow {

    @Id
    String name = "";

    String project = "";
    String issuer = "";
    String audience = "";
    String claims = "";
    String roles = "";

    @Column(name = "subject_claim")
    String subjectClaim = "";

    long version;

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    @Column(name = "updated_at")
    Instant updatedAt = Instant.EPOCH;

    @Column(name = "updated_by")
    String updatedBy = "";

    protected TrustRuleRow() {}

    public Optional<ShownRule> shown() {
        return version == 0 ? Optional.empty() : Optional.of(ShownRule.of(rule(), this));
    }

    public ShownRule write(TrustRule rule, Instant now, String by) {
        project = rule.project();
        issuer = rule.issuer();
        audience = rule.audience();
        claims = rule.claims().entrySet().stream()
                .map(claim -> claim.getKey() + "\t" + claim.getValue())
                .sorted()
                .collect(joining("\n"));
        roles = rule.roles().stream().map(Role::toString).sorted().collect(joining("\n"));
        subjectClaim = rule.subjectClaim();
        createdAt = version == 0 ? now : createdAt;
        version++;
        updatedAt = now;
        updatedBy = by;
        return ShownRule.of(rule(), this);
    }

    TrustRule rule() {
        Map<String, String> byName = claims.lines()
                .map(line -> line.split("\t", 2))
                .collect(toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));
        return new TrustRule(
                name,
                project,
                issuer,
                audience,
                byName,
                roles.lines().map(RolesByProject::role).toList(),
                subjectClaim);
    }
}
