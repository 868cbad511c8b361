package dev.longshore.config.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.input.Check;
import dev.longshore.config.domain.input.Fields;
import dev.longshore.config.domain.input.Globs;
import dev.longshore.config.domain.input.Input;
import dev.longshore.config.domain.input.Quoted;
import dev.longshore.events.ClaimedRepositories;
import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.ProjectConfigured;
import dev.longshore.events.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of the installation with people of its own: what belongs to it, only they see.
 *
 * @param project its own name
 * @param repositories that belong to it though their registry may be another project's
 */
public record ProjectSpec(
        String project,
        String description,
        List<Member> members,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Repositories> repositories)
        implements Spec {

    private static final int LONGEST_DESCRIPTION = 2000;
    private static final int MOST_MEMBERS = 1000;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_REGISTRIES = 100;

    /** Names as they are in {@link ConfigEvent.Member}. */
    private static final String USER = "user";

    private static final String GROUP = "group";
    private static final String SERVICE_ACCOUNT = "service-account";

    /** What a member may be. The gateway's table says what that allows. */
    enum Role {
        VIEWER,
        DEVELOPER,
        OPERATOR,
        SECURITY,
        ADMINISTRATOR
    }

    /** One of the three names is there. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Member(
            @Nullable String user,
            @Nullable String group,
            @Nullable String serviceAccount,
            String role) {

        ConfigEvent.Member event() {
            return Stream.of(
                            Optional.ofNullable(user).map(name -> new ConfigEvent.Member(USER, name, role)),
                            Optional.ofNullable(group).map(name -> new ConfigEvent.Member(GROUP, name, role)),
                            Optional.ofNullable(serviceAccount)
                                    .map(name -> new ConfigEvent.Member(SERVICE_ACCOUNT, name, role)))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** @param repositories patterns */
    public record Repositories(String registry, List<String> repositories) {}

    /** A pattern of a registry's repositories, and where in the body it is. */
    public record Claim(String registry, String pattern, String pointer) {

        public boolean isSameAs(Claim other) {
            return registry.equals(other.registry) && pattern.equals(other.pattern);
        }
    }

    /** Each pattern by itself, as they were given. */
    public List<Claim> claims() {
        return IntStream.range(0, repositories.size())
                .boxed()
                .flatMap(at -> repositories.get(at).repositories().stream()
                        .map(pattern -> new Claim(
                                repositories.get(at).registry(), pattern, "/repositories/" + at + "/registry")))
                .toList();
    }

    public static ProjectSpec parse(String name, JsonNode body) {
        return Input.parse(name, body, fields -> read(name, fields));
    }

    public ProjectConfigured event(String name, long version) {
        return new ProjectConfigured(
                project,
                name,
                version,
                description,
                members.stream().map(Member::event).toList(),
                repositories.isEmpty()
                        ? null
                        : repositories.stream()
                                .map(each -> new ClaimedRepositories(each.registry(), each.repositories()))
                                .toList());
    }

    private static ProjectSpec read(String name, Fields fields) {
        fields.text(
                "project",
                given -> given.equals(name)
                        ? Optional.empty()
                        : Optional.of("%s is not the project itself".formatted(Quoted.of(given))));
        return new ProjectSpec(
                name,
                fields.text("description", LONGEST_DESCRIPTION, Check.none()).orElse(""),
                fields.objects("members", MOST_MEMBERS, ProjectSpec::member),
                fields.objects("repositories", MOST_REGISTRIES, ProjectSpec::repositories));
    }

    private static Repositories repositories(Fields fields) {
        return new Repositories(
                fields.requiredText("registry", ResourceNames.named()),
                fields.requiredTexts("repositories", Globs::repository));
    }

    private static Member member(Fields fields) {
        var user = fields.text("user", LONGEST_NAME, Check.none()).orElse(null);
        var group = fields.text("group", LONGEST_NAME, Check.none()).orElse(null);
        var account = fields.text("serviceAccount", ResourceNames.named()).orElse(null);
        fields.require("role");
        var role = fields.choice("role", "role", Role.class)
                .map(found -> found.name().toLowerCase(java.util.Locale.ROOT))
                .orElse("");
        if (Stream.of(user, group, account).filter(java.util.Objects::nonNull).count() != 1) {
            fields.refuse(
                    "user",
                    ErrorCode.INVALID_REQUEST,
                    "A member is one of user, group and serviceAccount, and not more than one");
        }
        return new Member(user, group, account, role);
    }
}
