package dev.longshore.gateway.access.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermissionTableTest {

    @Test
    void hasEachOperationOnce() {
        assertThat(PermissionTable.lines()).extracting(Operation::toString).doesNotHaveDuplicates();
    }

    @Test
    void goesByTheNamedSegmentFirst() {
        assertThat(PermissionTable.find("DELETE", "/api/v1/sessions/current"))
                .hasValueSatisfying(operation -> assertThat(operation.path()).isEqualTo("/api/v1/sessions/current"));
        assertThat(PermissionTable.find("DELETE", "/api/v1/sessions/ses-1"))
                .hasValueSatisfying(operation -> assertThat(operation.path()).isEqualTo("/api/v1/sessions/{id}"));
    }

    @Test
    void aHeadIsAGet() {
        assertThat(PermissionTable.find("HEAD", "/api/v1/images"))
                .isEqualTo(PermissionTable.find("GET", "/api/v1/images"))
                .isPresent();
    }

    @Test
    void knowsNothingElse() {
        assertThat(PermissionTable.find("PATCH", "/api/v1/images")).isEmpty();
        assertThat(PermissionTable.find("GET", "/api/v1/registries/left/secrets"))
                .isEmpty();
        assertThat(PermissionTable.find("GET", "/api/v1/images/")).isEmpty();
        assertThat(PermissionTable.methods("/api/v1/images")).containsExactly("GET");
        assertThat(PermissionTable.methods("/api/v1/nothing")).isEmpty();
    }

    @Test
    void aProjectsRoleDoesNotReachTheWholeInstallation() {
        var deadLetters = PermissionTable.find("GET", "/api/v1/dead-letters").orElseThrow();

        assertThat(Access.to(deadLetters, Grants.of("shop", Role.ADMINISTRATOR)).isPossible())
                .isFalse();
        assertThat(Access.to(deadLetters, Grants.whole(Role.ADMINISTRATOR)).isPossible())
                .isTrue();
    }

    @Test
    void saysWhatIsSeenBesideWhatIsAllowed() {
        var grants = new Grants(Map.of("shop", Set.of(Role.OPERATOR), "lab", Set.of(Role.VIEWER)));
        var copies = PermissionTable.find("POST", "/api/v1/copies").orElseThrow();

        var access = Access.to(copies, grants);

        assertThat(access.isPossible()).isTrue();
        assertThat(access.permitted()).containsExactly("shop");
        assertThat(access.visible()).containsExactlyInAnyOrder("shop", "lab");
        assertThat(access.sees("lab")).isTrue();
        assertThat(access.allows("lab")).isFalse();
        assertThat(access.sees("other")).isFalse();
    }
}
