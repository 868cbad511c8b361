package dev.longshore.gateway.access.domain;

import static dev.longshore.gateway.access.domain.Grants.WHOLE;
import static dev.longshore.gateway.access.domain.Role.ADMINISTRATOR;
import static dev.longshore.gateway.access.domain.Role.DEVELOPER;
import static dev.longshore.gateway.access.domain.Role.OPERATOR;
import static dev.longshore.gateway.access.domain.Role.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantsTest {

    private static final Grants SHOP_AND_LAB =
            new Grants(Map.of("shop", Set.of(OPERATOR, VIEWER), "lab", Set.of(VIEWER)));

    @Test
    void addUp() {
        var both = SHOP_AND_LAB.and(Grants.of("lab", DEVELOPER)).and(Grants.whole(VIEWER));

        assertThat(both.byProject())
                .isEqualTo(Map.of(
                        "shop", Set.of(OPERATOR, VIEWER), "lab", Set.of(VIEWER, DEVELOPER), WHOLE, Set.of(VIEWER)));
    }

    @Test
    void saysWhereARoleIsHeld() {
        assertThat(SHOP_AND_LAB.projectsWith(Set.of(OPERATOR, ADMINISTRATOR))).containsExactly("shop");
        assertThat(SHOP_AND_LAB.projectsWith(Set.of(VIEWER))).containsExactlyInAnyOrder("shop", "lab");
        assertThat(SHOP_AND_LAB.and(Grants.whole(VIEWER)).projectsWith(Set.of(VIEWER)))
                .containsExactly(WHOLE);
        assertThat(Grants.NONE.projectsWith(Set.of(VIEWER))).isEmpty();
    }

    @Test
    void aTokenMayDoLessThanItsAccountAndNeverMore() {
        assertThat(SHOP_AND_LAB.within(Set.of("shop"), Set.of(VIEWER)).byProject())
                .isEqualTo(Map.of("shop", Set.of(VIEWER)));
        assertThat(SHOP_AND_LAB.within(Set.of(WHOLE), Set.of(ADMINISTRATOR)).byProject())
                .isEmpty();
        assertThat(SHOP_AND_LAB.within(Set.of("other"), Set.of(Role.values())).byProject())
                .isEmpty();
    }

    @Test
    void anAdministratorsTokenIsBoundToItsProjectsAndRoles() {
        var bounded = Grants.whole(ADMINISTRATOR).within(Set.of("shop"), Set.of(DEVELOPER));

        assertThat(bounded.byProject()).isEqualTo(Map.of("shop", Set.of(DEVELOPER)));
    }
}
