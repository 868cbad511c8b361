package dev.longshore.gateway.access;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.domain.Access;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.kit.problem.ProblemException;
import java.util.Collection;

/** In which projects someone administers. Whoever hands out a role has to administer where it is held. */
public record Administered(Access access) {

    public static final String NOT_SEEN = "There is no such thing, or it is not for you to see";

    /** For a thing that is there: what one may not see is not there. */
    public void require(String project, Collection<String> all, String missing) {
        if (!access.sees(project)) {
            throw new ProblemException(ErrorCode.NOT_FOUND, missing);
        }
        require(all);
    }

    public void require(Collection<String> all) {
        all.stream()
                .filter(project -> !project.equals(Grants.WHOLE) && !access.sees(project))
                .findFirst()
                .ifPresent(project -> {
                    throw new ProblemException(
                            ErrorCode.NOT_FOUND,
                            "There is no project '%s', or it is not for you to see".formatted(project));
                });
        all.stream().filter(project -> !access.allows(project)).findFirst().ifPresent(project -> {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN,
                    project.equals("*")
                            ? "This takes an administrator of the whole installation"
                            : "This takes an administrator of the project '%s'".formatted(project));
        });
    }
}
