package dev.longshore.kit.http;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.ProblemException;
import java.util.Set;

/**
 * In which projects someone sees things, and in which they may do what they just asked for. Which roles that takes is the
 * gateway's table; to which project a thing belongs is known where it is stored.
 *
 * @param visible names of projects, or {@link #ALL} alone
 * @param permitted names of projects, or {@link #ALL} alone
 */
public record Access(Set<String> visible, Set<String> permitted) {

    public static final String ALL = "*";

    public Access {
        visible = Set.copyOf(visible);
        permitted = Set.copyOf(permitted);
    }

    public boolean sees(String project) {
        return visible.contains(ALL) || visible.contains(project);
    }

    public boolean allows(String project) {
        return permitted.contains(ALL) || permitted.contains(project);
    }

    /** For a thing that is there: what one may not see is not there, what one sees may still not be one's to change. */
    public void require(String project) {
        if (!sees(project)) {
            throw hidden();
        }
        if (!allows(project)) {
            throw forbidden("in the project '%s'".formatted(project));
        }
    }

    /** For what belongs to no single project. */
    public void requireEverywhere() {
        if (!permitted.contains(ALL)) {
            throw forbidden("outside of your projects");
        }
    }

    /** For a query: {@code '*' = any($1) or project = any($1)}. */
    public String[] names() {
        return visible.toArray(String[]::new);
    }

    private static ProblemException hidden() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such thing, or it is not for you to see");
    }

    private static ProblemException forbidden(String where) {
        return new ProblemException(ErrorCode.FORBIDDEN, "Your roles do not allow this " + where);
    }
}
