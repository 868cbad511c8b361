package dev.longshore.oci.client.headers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "</v2/_catalog?last=b&n=2>; rel=\"next\" | /v2/_catalog?last=b&n=2",
                "</v2/x/tags/list?last=a>;rel=next | /v2/x/tags/list?last=a",
                "<https://r/v2/x?a=%2C,b>; title=\"x, y; z\"; REL=\"prev NEXT\" | https://r/v2/x?a=%2C,b",
                "</first>; rel=\"first\", </second>; rel=\"next\" | /second",
            })
    void findsTheNextPage(String field, String target) {
        assertThat(LinkHeader.next(List.of(field))).contains(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<>; rel=\"next\"",
                "</x>",
                "</x>; rel=\"prev\"",
                "/x; rel=next",
                "<; rel=next",
                "</x>; xrel=next"
            })
    void findsNone(String field) {
        assertThat(LinkHeader.next(List.of(field))).isEmpty();
    }

    @Test
    void looksAtAllFields() {
        assertThat(LinkHeader.next(List.of("</a>; rel=last", "</b>; rel=next"))).contains("/b");
    }

    @Property
    void neverFails(@ForAll @StringLength(max = 200) String field) {
        assertThat(LinkHeader.next(List.of(field))).isNotNull();
    }

    @Property
    void survivesItsOwnAlphabet(
            @ForAll @Chars({'<', '>', ';', ',', '"', '\\', '=', ' ', 'r', 'e', 'l'}) @StringLength(max = 2000)
                    String field) {
        assertThat(LinkHeader.next(List.of(field))).isNotNull();
    }
}
