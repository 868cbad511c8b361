package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.e2e.client.Api;
import dev.longshore.e2e.client.Caller;
import dev.longshore.e2e.client.Caller.Said;
import dev.longshore.e2e.suite.Suite;
import dev.longshore.gateway.access.domain.Operation;
import dev.longshore.gateway.access.domain.Permission;
import dev.longshore.gateway.access.domain.PermissionTable;
import dev.longshore.gateway.access.domain.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every operation as every role: held in the project that the thing belongs to, in another project, and in the whole
 * installation. Allowed is exactly what the table says.
 */
class PermissionsE2E {

    private static final String PASSWORD = "a password that is long enough";
    private static final String MINE = "perm-alpha";
    private static final String OTHER = "perm-beta";

    private static Suite suite;
    private static Api admin;
    private static Requests requests;
    private static final Map<Role, Caller> OF_THE_PROJECT = new EnumMap<>(Role.class);
    private static final Map<Role, Caller> OF_ANOTHER = new EnumMap<>(Role.class);
    private static final Map<Role, Caller> OF_THE_WHOLE = new EnumMap<>(Role.class);

    @BeforeAll
    static void start() {
        suite = Suite.shared();
        admin = Api.admin(suite);
        for (var project : List.of(MINE, OTHER)) {
            var members = Stream.of(Role.values())
                    .map(role -> "{\"user\": \"%s-%s\", \"role\": \"%s\"}".formatted(project, role, role))
                    .collect(Collectors.joining(", "));
            admin.demand(admin.put("/api/v1/projects/" + project, "{\"members\": [%s]}".formatted(members)));
        }
        for (var role : Role.values()) {
            OF_THE_PROJECT.put(role, user(MINE + "-" + role, "null"));
            OF_ANOTHER.put(role, user(OTHER + "-" + role, "null"));
            OF_THE_WHOLE.put(role, user("perm-whole-" + role, "\"" + role + "\""));
        }
        requests = Requests.of(things());
        await("members are known")
                .atMost(Landscape.PATIENCE)
                .until(() -> OF_ANOTHER
                                .get(Role.VIEWER)
                                .send("GET", "/api/v1/projects", "")
                                .status()
                        == 200);
    }

    @Test
    void whoHoldsTheRoleInTheProjectOfTheThing() {
        var wrong = new ArrayList<String>();
        each((operation, role) -> {
            var said = requests.send(OF_THE_PROJECT.get(role), operation);
            var isAllowed = operation.permission().roles().contains(role) && !operation.isOfInstallation();
            note(wrong, operation, role, said, isAllowed ? isAllowed(said) : said.status() == 403);
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void whoHoldsTheRoleInTheWholeInstallation() {
        var wrong = new ArrayList<String>();
        each((operation, role) -> {
            var said = requests.send(OF_THE_WHOLE.get(role), operation);
            var isAllowed = operation.permission().roles().contains(role);
            note(wrong, operation, role, said, isAllowed ? isAllowed(said) : said.status() == 403);
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void whoHoldsTheRoleInAnotherProject() {
        var wrong = new ArrayList<String>();
        each((operation, role) -> {
            var said = requests.send(OF_ANOTHER.get(role), operation);
            var mayTry = operation.permission().roles().contains(role) && !operation.isOfInstallation();
            note(wrong, operation, role, said, mayTry ? seesNothing(operation, said) : said.status() == 403);
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void whoIsNotSignedIn() {
        var nobody = Caller.nobody(suite);
        var wrong = new ArrayList<String>();
        PermissionTable.lines().stream().filter(PermissionsE2E::isGoverned).forEach(operation -> {
            var said = requests.send(nobody, operation);
            note(wrong, operation, null, said, said.status() == 401);
        });

        assertThat(wrong).isEmpty();
    }

    private interface Asked {
        void of(Operation operation, Role role);
    }

    private static void each(Asked asked) {
        for (var operation : PermissionTable.lines()) {
            if (isGoverned(operation) && operation.permission() != Permission.SELF) {
                for (var role : Role.values()) {
                    asked.of(operation, role);
                }
            }
        }
    }

    /** SNAP's calls have answers of their own, and their own tests. */
    private static boolean isGoverned(Operation operation) {
        return operation.path().startsWith("/api/") && operation.permission() != Permission.PUBLIC;
    }

    private static boolean isAllowed(Said said) {
        return said.status() != 401 && said.status() != 403 && said.status() < 500;
    }

    /** A thing that is not there, or a list without any of the other project's. What one asked for oneself is in one's own trail. */
    private static boolean seesNothing(Operation operation, Said said) {
        var ofTheOther = operation.path().startsWith("/api/v1/audit") ? "\"project\":\"" + MINE + "\"" : MINE;
        return said.status() == 200 ? !said.body().contains(ofTheOther) : said.status() == 404 || said.status() == 400;
    }

    private static void note(List<String> wrong, Operation operation, Role role, Said said, boolean isRight) {
        if (!isRight) {
            wrong.add("%s as %s: %d %s".formatted(operation, role, said.status(), said.body()));
        }
    }

    private static Caller user(String name, String role) {
        admin.demand(
                admin.put("/api/v1/users/" + name, "{\"role\": %s, \"password\": \"%s\"}".formatted(role, PASSWORD)));
        return Caller.signedIn(suite, name, PASSWORD);
    }

    /** One of each, in the project; the names to call them by. */
    private static Map<String, String> things() {
        admin.demand(admin.put("/api/v1/registries/" + MINE, """
                {"vendor": "distribution", "url": "http://127.0.0.1:1", "allowPrivateAddresses": true, "project": "%s"}""".formatted(MINE)));
        admin.demand(admin.put("/api/v1/scan-policies/" + MINE, "{\"project\": \"%s\"}".formatted(MINE)));
        admin.demand(admin.put("/api/v1/exemptions/" + MINE, """
                {"project": "%s", "vulnerabilities": ["CVE-2021-44228"], "images": ["**"], "reason": "r", "owner": "o"}""".formatted(MINE)));
        admin.demand(admin.put("/api/v1/replication-rules/" + MINE, """
                {"project": "%1$s", "source": {"registry": "%1$s", "repositories": ["shop/**"]},
                 "target": {"registry": "%1$s", "repository": "mirror/{repository}"}}""".formatted(MINE)));
        admin.demand(admin.put("/api/v1/retention-policies/" + MINE, """
                {"project": "%s", "scope": {"registries": ["*"], "repositories": ["**"]}, "rules": [{"tags": ["**"], "keep": {"lastPushed": 1}}]}""".formatted(MINE)));
        admin.demand(admin.put("/api/v1/service-accounts/" + MINE, "{\"project\": \"%s\"}".formatted(MINE)));
        admin.demand(admin.put("/api/v1/freezes/project:" + MINE, "{\"reason\": \"a test\"}"));
        var plan = await("a plan")
                .atMost(Landscape.PATIENCE)
                .until(
                        () -> admin.post("/api/v1/retention-policies/" + MINE + "/plans", ""),
                        made -> made.status() == 201)
                .json()
                .path("id")
                .asText();
        return Map.of("name", MINE, "plan", plan);
    }
}
