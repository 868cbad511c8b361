package dev.longshore.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.RepositoryOwners.Claim;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryOwnersTest {

    /** Claims are {@code project=pattern}, in any order. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                        | team-a/web      | platform",
                "a=team-a/**                             | team-a/web      | a",
                "a=team-a/**                             | team-a/web/deep | a",
                "a=team-a/**                             | team-b/web      | platform",
                "a=team-a/**                             | team-a          | platform",
                "a=team-a/*                              | team-a/web      | a",
                "a=team-a/*                              | team-a/web/deep | platform",
                "a=team-a                                | team-a          | a",
                "a=**                                    | anything/at/all | a",
                "a=** b=team-b/**                        | team-b/web      | b",
                "a=** b=team-b/**                        | team-a/web      | a",
                "a=team-a/** b=team-a/shared/**          | team-a/shared/x | b",
                "a=team-a/** b=team-a/shared/**          | team-a/web      | a",
                "a=team-a/** b=team-a/web                | team-a/web      | b",
                "a=team-a/** b=team-a/web                | team-a/web2     | a",
                "a=team-a/** b=**/charts                 | team-a/charts   | a",
                "a=team-a/** b=**/charts                 | team-c/charts   | b",
                "a=team-* b=team-*/charts                | team-x/charts   | b",
                "a=team-a/** b=team-a/*                  | team-a/web      | b",
                "a=team-a/** b=team-a/*                  | team-a/web/deep | a",
                "a=team-a/**/x b=team-a/*/x              | team-a/web/x    | b",
                "a=x/a* b=x/*a                           | x/aa            | a",
                "platform=team-a/secret a=team-a/**      | team-a/secret   | platform",
            })
    void aRepositoryIsTheMostSpecificClaims(String claims, String repository, String project) {
        var all = claims(claims);

        assertThat(RepositoryOwners.of("platform", all).projectOf(repository)).isEqualTo(project);
        assertThat(RepositoryOwners.of("platform", reversed(all)).projectOf(repository))
                .as("in another order")
                .isEqualTo(project);
    }

    @Test
    void whatIsNotClaimedIsTheRegistrysProject() {
        var owners = RepositoryOwners.of("platform", List.of(new Claim("a", "team-a/**")));

        assertThat(owners.registryProject()).isEqualTo("platform");
        assertThat(owners.concern("platform")).isTrue();
        assertThat(owners.concern("a")).isTrue();
        assertThat(owners.concern("b")).isFalse();
    }

    private static List<Claim> claims(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" "))
                        .map(claim -> claim.split("=", 2))
                        .map(parts -> new Claim(parts[0], parts[1]))
                        .toList();
    }

    private static List<Claim> reversed(List<Claim> claims) {
        var reversed = new java.util.ArrayList<>(claims);
        Collections.reverse(reversed);
        return reversed;
    }
}
