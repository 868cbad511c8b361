package dev.longshore.config.domain;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.longshore.config.domain.input.InvalidSpecException;
import java.util.function.Function;

/** JSON with single quotes, as tests write it. */
final class Specs {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private Specs() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }

    /** Code, pointer and detail of everything that is wrong, one a line. */
    static String wrong(Function<JsonNode, ?> parser, String text) {
        var failure = catchThrowableOfType(InvalidSpecException.class, () -> parser.apply(json(text)));
        if (failure == null) {
            return "nothing";
        }
        var lines = new StringBuilder(failure.code().code());
        failure.violations()
                .forEach(violation -> lines.append("\n")
                        .append(violation.pointer())
                        .append(" ")
                        .append(violation.detail()));
        return lines.toString();
    }
}
