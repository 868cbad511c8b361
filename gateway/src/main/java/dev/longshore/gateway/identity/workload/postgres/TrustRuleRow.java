package dev.longshore.gateway.identity.workload.postgres;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.identity.domain.RolesByProject;
import dev.longshore.gateway.identity.postgres.NamedRow;
import dev.longshore.gateway.identity.workload.domain.TrustRule;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Map;

/** A trust rule. */
@Entity
@Table(name = "trust_rule")
public class TrustRuleRow extends NamedRow<ShownRule> {

    String project = "";
    String issuer = "";
    String audience = "";
    String claims = "";
    String roles = "";

    @Column(name = "subject_claim")
    String subjectClaim = "";

    protected TrustRuleRow() {}

    public void write(TrustRule rule) {
        project = rule.project();
        issuer = rule.issuer();
        audience = rule.audience();
        claims = rule.claims().entrySet().stream()
                .map(claim -> claim.getKey() + "\t" + claim.getValue())
                .sorted()
                .collect(joining("\n"));
        roles = rule.roles().stream().map(Role::toString).sorted().collect(joining("\n"));
        subjectClaim = rule.subjectClaim();
    }

    @Override
    protected ShownRule show() {
        return ShownRule.of(rule(), this);
    }

    TrustRule rule() {
        Map<String, String> byName = claims.lines()
                .map(line -> line.split("\t", 2))
                .collect(toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));
        return new TrustRule(
                name(),
                project,
                issuer,
                audience,
                byName,
                roles.lines().map(RolesByProject::role).toList(),
                subjectClaim);
    }
}
