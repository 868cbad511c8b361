package dev.longshore.gateway.identity.workload.postgres;

import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.identity.domain.Named;
import dev.longshore.gateway.identity.workload.domain.TrustRule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A trust rule as it is shown. */
public record ShownRule(
        String name,
        String project,
        String issuer,
        String audience,
        Map<String, String> claims,
        List<String> roles,
        String subjectClaim,
        long version,
        Instant createdAt,
        Instant updatedAt,
        String updatedBy)
        implements Named {

    static ShownRule of(TrustRule rule, TrustRuleRow row) {
        return new ShownRule(
                rule.name(),
                rule.project(),
                rule.issuer(),
                rule.audience(),
                new TreeMap<>(rule.claims()),
                rule.roles().stream().map(Role::toString).sorted().toList(),
                rule.subjectClaim(),
                row.version(),
                row.createdAt(),
                row.updatedAt(),
                row.updatedBy());
    }

    @Override
    public Map<String, Object> audited() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("name", name);
        shown.put("project", project);
        shown.put("issuer", issuer);
        shown.put("audience", audience);
        shown.put("claims", claims);
        shown.put("roles", roles);
        shown.put("subjectClaim", subjectClaim);
        shown.put("version", version);
        return Map.copyOf(shown);
    }
}
