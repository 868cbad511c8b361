package dev.longshore.gateway.identity.workload.domain;

import dev.longshore.events.Glob;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which workloads are believed, and what they may do then.
 *
 * @param claims globs by claim, all of which have to match; a name that begins with a slash leads into objects
 * @param subjectClaim what the audit trail calls the workload by
 */
public record TrustRule(
        String name,
        String project,
        String issuer,
        String audience,
        Map<String, String> claims,
        List<Role> roles,
        String subjectClaim) {

    private static final int LONGEST_VALUE = 4096;
    private static final int LONGEST_SUBJECT = 200;

    public TrustRule {
        claims = Map.copyOf(claims);
        roles = List.copyOf(roles);
    }

    /** @param token its claims, as they were signed */
    public boolean matches(Map<String, Object> token) {
        return issuer.equals(token.get("iss"))
                && values(token.get("aud")).anyMatch(audience::equals)
                && subject(token).isPresent()
                && claims.entrySet().stream()
                        .allMatch(wanted -> matches(Glob.parse(wanted.getValue()), at(token, wanted.getKey())));
    }

    /** Whom the audit trail names; empty if the token does not say. */
    public Optional<String> subject(Map<String, Object> token) {
        return values(at(token, subjectClaim).orElse(null))
                .findFirst()
                .map(subject -> subject.replaceAll("[^\\x21-\\x7e]", "?"))
                .map(subject -> subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT));
    }

    public Grants grants() {
        return new Grants(Map.of(project, Set.copyOf(roles)));
    }

    /** Whether any of the patterns says anything: else the rule would believe everybody at the issuer. */
    public static boolean saySomething(Collection<String> patterns) {
        return patterns.stream()
                .anyMatch(pattern -> !pattern.replace("*", "").replace("/", "").isEmpty());
    }

    private static boolean matches(Glob wanted, Optional<Object> claim) {
        return values(claim.orElse(null)).anyMatch(value -> value.length() <= LONGEST_VALUE && wanted.matches(value));
    }

    private static Optional<Object> at(Map<?, ?> token, String name) {
        if (!name.startsWith("/")) {
            return Optional.ofNullable(token.get(name));
        }
        Optional<Object> found = Optional.of(token);
        for (var step : name.substring(1).split("/", -1)) {
            var key = step.replace("~1", "/").replace("~0", "~");
            found = found.flatMap(
                    each -> each instanceof Map<?, ?> object ? Optional.ofNullable(object.get(key)) : Optional.empty());
        }
        return found;
    }

    /** Of a list one has to match. An object is no value. */
    private static Stream<String> values(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Stream.of(text);
            case Number number -> Stream.of(String.valueOf(number));
            case Boolean flag -> Stream.of(String.valueOf(flag));
            case Collection<?> list ->
                list.stream().filter(String.class::isInstance).map(String.class::cast);
            case null, default -> Stream.of();
        };
    }
}
