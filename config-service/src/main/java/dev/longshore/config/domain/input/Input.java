package dev.longshore.config.domain.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.events.ErrorCode;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/** The whole of what somebody wants configured. */
public final class Input {

    private Input() {}

    /**
     * What {@code reader} makes of the object.
     *
     * @param name as the path has it
     * @throws InvalidSpecException with everything that was noted while reading
     */
    public static <T> T parse(String name, JsonNode body, Function<Fields, T> reader) {
        if (!body.isObject()) {
            throw new InvalidSpecException(ErrorCode.INVALID_REQUEST, "", "The body is not a JSON object");
        }
        var violations = new ArrayList<Violation>();
        var fields = new Fields(body, "", violations);
        // Answers have these; allowed, so that an answer can be changed and sent back.
        fields.ignore("version", "createdAt", "updatedAt", "updatedBy");
        fields.text(
                "name",
                given -> given.equals(name)
                        ? Optional.empty()
                        : Optional.of("The name %s is not that of the path, %s"
                                .formatted(Quoted.of(given), Quoted.of(name))));
        var read = reader.apply(fields);
        fields.refuseOthers();
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return read;
    }
}
