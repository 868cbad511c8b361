package dev.longshore.gateway.identity.oidc.domain;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Someone as their provider describes them.
 *
 * @param id issuer and subject: what stays the same when they are renamed
 */
public record ExternalPerson(String id, String name, Optional<String> email, Set<String> groups) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}");
    private static final int MOST_GROUPS = 500;
    private static final int LONGEST = 254;

    /** Empty if the token does not say who it is, or by a name that nobody can have here. */
    public static Optional<ExternalPerson> of(Map<String, Object> claims, String nameClaim, String groupsClaim) {
        return text(claims, "sub")
                .flatMap(subject -> text(claims, nameClaim)
                        .filter(name -> NAME.matcher(name).matches() && !name.equals("current"))
                        .map(name -> new ExternalPerson(
                                text(claims, "iss").orElse("") + "|" + subject,
                                name,
                                text(claims, "email").filter(email -> email.length() <= LONGEST),
                                groups(at(claims, groupsClaim)))));
    }

    private static Set<String> groups(Optional<Object> claim) {
        return claim.stream()
                .flatMap(value -> value instanceof Collection<?> many ? many.stream() : Stream.of(value))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(group -> !group.isBlank()
                        && group.length() <= LONGEST
                        && group.lines().count() == 1)
                .limit(MOST_GROUPS)
                .collect(toUnmodifiableSet());
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        return at(claims, name).filter(String.class::isInstance).map(String.class::cast);
    }

    /** A claim may have dots in its own name. */
    private static Optional<Object> at(Map<String, Object> claims, String name) {
        if (claims.containsKey(name)) {
            return Optional.ofNullable(claims.get(name));
        }
        Optional<Object> found = Optional.of(claims);
        for (var step : List.of(name.split("\\."))) {
            found = found.flatMap(each ->
                    each instanceof Map<?, ?> object ? Optional.ofNullable(object.get(step)) : Optional.empty());
        }
        return found;
    }
}
