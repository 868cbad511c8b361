package dev.longshore.events;

import java.util.Comparator;
import java.util.List;

/**
 * To which project each repository of one registry belongs: to the one that claims it by the most specific pattern, and
 * if none does to the registry's own. Every service asks the same rule, each of its own copy of the configuration.
 */
public final class RepositoryOwners {

    /** The longest beginning first, then the most that is said, then the fewest stars; what is left has an order too. */
    private static final Comparator<Claim> MOST_SPECIFIC_FIRST = Comparator.comparingInt(RepositoryOwners::prefix)
            .thenComparingInt(RepositoryOwners::literals)
            .reversed()
            .thenComparingInt(claim -> claim.pattern().length())
            .thenComparing(Claim::pattern)
            .thenComparing(Claim::project);

    private record Owner(String project, Glob repositories) {}

    private final String registryProject;
    private final List<Owner> owners;

    private RepositoryOwners(String registryProject, List<Owner> owners) {
        this.registryProject = registryProject;
        this.owners = owners;
    }

    /** @param pattern as in {@link Glob} */
    public record Claim(String project, String pattern) {}

    /** @param registryProject to which the registry itself belongs */
    public static RepositoryOwners of(String registryProject, List<Claim> claims) {
        return new RepositoryOwners(
                registryProject,
                claims.stream()
                        .sorted(MOST_SPECIFIC_FIRST)
                        .map(claim -> new Owner(claim.project(), Glob.parse(claim.pattern())))
                        .toList());
    }

    public String projectOf(String repository) {
        return owners.stream()
                .filter(owner -> owner.repositories().matches(repository))
                .findFirst()
                .map(Owner::project)
                .orElse(registryProject);
    }

    public String registryProject() {
        return registryProject;
    }

    /** Whether any repository could belong to the project. */
    public boolean concern(String project) {
        return registryProject.equals(project)
                || owners.stream().anyMatch(owner -> owner.project().equals(project));
    }

    private static int prefix(Claim claim) {
        return Glob.parse(claim.pattern()).literalPrefix().length();
    }

    private static int literals(Claim claim) {
        return claim.pattern().replace("*", "").length();
    }
}
