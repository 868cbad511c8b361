package dev.longshore.config.domain.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.longshore.events.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads one JSON object. What is wrong is noted, with a pointer, and reading goes on, so that one answer tells all of
 * it; what was read in its place is never used, because {@link Input#parse} fails in the end. A field that is null is
 * read as one that is not there.
 */
public final class Fields {

    public static final int LONGEST_TEXT = 1024;
    private static final int LONGEST_LIST = 1000;

    private final JsonNode object;
    private final String pointer;
    private final List<Violation> violations;
    private final Set<String> known = new TreeSet<>();

    Fields(JsonNode node, String pointer, List<Violation> violations) {
        this.pointer = pointer;
        this.violations = violations;
        this.object = node.isObject() ? node : MissingNode.getInstance();
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            violations.add(new Violation(
                    ErrorCode.INVALID_REQUEST, pointer, "%s is not a JSON object".formatted(place(pointer))));
        }
    }

    /** What {@code reader} makes of the object in this field; of one without fields if it is not there. */
    public <T> T object(String name, Function<Fields, T> reader) {
        var inner = new Fields(node(name), at(name), violations);
        var read = reader.apply(inner);
        inner.refuseOthers();
        return read;
    }

    /** What {@code reader} makes of each object of the list in this field. */
    public <T> List<T> objects(String name, int most, Function<Fields, T> reader) {
        var node = node(name);
        var objects = new ArrayList<T>();
        if (!node.isMissingNode() && !node.isNull() && (!node.isArray() || node.size() > most)) {
            wrong(name, "%s is not a list of at most %d objects".formatted(place(at(name)), most));
            return objects;
        }
        for (var i = 0; i < node.size(); i++) {
            var inner = new Fields(node.get(i), at(name) + "/" + i, violations);
            objects.add(reader.apply(inner));
            inner.refuseOthers();
        }
        return List.copyOf(objects);
    }

    public Optional<String> text(String name, int longest, Check check) {
        var node = node(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            return wrong(name, "%s is not a text".formatted(place(at(name))));
        }
        return checked(at(name), node.asText(), longest, check);
    }

    public Optional<String> text(String name, Check check) {
        return text(name, LONGEST_TEXT, check);
    }

    public String requiredText(String name, int longest, Check check) {
        require(name);
        return text(name, longest, check).orElse("");
    }

    public String requiredText(String name, Check check) {
        return requiredText(name, LONGEST_TEXT, check);
    }

    /** Notes it if the field is not there, or blank. */
    public void require(String name) {
        var node = node(name);
        if (node.isMissingNode()
                || node.isNull()
                || (node.isTextual() && node.asText().isBlank())) {
            refuse(name, ErrorCode.INVALID_REQUEST, "%s is missing".formatted(place(at(name))));
        }
    }

    public boolean flag(String name, boolean fallback) {
        var node = node(name);
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        return node.isBoolean()
                ? node.asBoolean()
                : this.<Boolean>wrong(name, "%s is neither true nor false".formatted(place(at(name))))
                        .orElse(fallback);
    }

    public int number(String name, int fallback, int smallest, int largest) {
        return (int) wholeNumber(name, smallest, largest).orElse(fallback);
    }

    public OptionalLong wholeNumber(String name, long smallest, long largest) {
        var node = node(name);
        if (node.isMissingNode() || node.isNull()) {
            return OptionalLong.empty();
        }
        // JSON does not tell 5 from 5.0.
        if (node.canConvertToExactIntegral()
                && node.canConvertToLong()
                && node.asLong() >= smallest
                && node.asLong() <= largest) {
            return OptionalLong.of(node.asLong());
        }
        wrong(name, "%s is not a whole number from %d to %d".formatted(place(at(name)), smallest, largest));
        return OptionalLong.empty();
    }

    public Optional<Double> positiveNumber(String name) {
        var node = node(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        return node.isNumber() && Double.isFinite(node.asDouble()) && node.asDouble() > 0
                ? Optional.of(node.asDouble())
                : wrong(name, "%s is not a number above 0".formatted(place(at(name))));
    }

    public Optional<Duration> duration(String name, Duration shortest, Duration longest) {
        return text(name, Check.parsedBy(Durations::parse))
                .map(Durations::parse)
                .filter(duration -> {
                    var fits = duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0;
                    if (!fits) {
                        wrong(
                                name,
                                "%s is not between %s and %s"
                                        .formatted(
                                                place(at(name)),
                                                Durations.format(shortest),
                                                Durations.format(longest)));
                    }
                    return fits;
                });
    }

    /** @param what what the value names, for the message: {@code action} */
    public <E extends Enum<E>> Optional<E> choice(String name, String what, Class<E> type) {
        return text(
                        name,
                        value -> Choices.find(type, value).isPresent()
                                ? Optional.empty()
                                : Optional.of(Choices.unknown(type, what, value)))
                .flatMap(value -> Choices.find(type, value));
    }

    public List<String> texts(String name, List<String> fallback, Check check) {
        var node = node(name);
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        if (!node.isArray() || node.size() > LONGEST_LIST) {
            wrong(name, "%s is not a list of at most %d texts".formatted(place(at(name)), LONGEST_LIST));
            return fallback;
        }
        var texts = new ArrayList<String>();
        for (var i = 0; i < node.size(); i++) {
            var element = node.get(i);
            var elementPointer = at(name) + "/" + i;
            if (element.isTextual()) {
                checked(elementPointer, element.asText(), LONGEST_TEXT, check).ifPresent(texts::add);
            } else {
                violations.add(new Violation(
                        ErrorCode.INVALID_REQUEST,
                        elementPointer,
                        "%s is not a text".formatted(place(elementPointer))));
            }
        }
        return List.copyOf(texts);
    }

    /** As {@link #texts}, and notes it if there is none. */
    public List<String> requiredTexts(String name, Check check) {
        var node = node(name);
        if (node.isMissingNode() || node.isNull() || (node.isArray() && node.isEmpty())) {
            refuse(name, ErrorCode.INVALID_REQUEST, "%s is missing; at least one is needed".formatted(place(at(name))));
        }
        return texts(name, List.of(), check);
    }

    /** The names of all fields that were given. */
    public List<String> names() {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    public boolean isGiven(String name) {
        return !node(name).isMissingNode();
    }

    public boolean isNull(String name) {
        return node(name).isNull();
    }

    public boolean isText(String name) {
        return node(name).isTextual();
    }

    /** What Longshore writes into its answers: allowed, so that an answer can be changed and sent back, and not read. */
    public void ignore(String... names) {
        known.addAll(List.of(names));
    }

    public void ignoreOthers() {
        known.addAll(names());
    }

    public void refuse(String name, ErrorCode code, String detail) {
        known.add(name);
        violations.add(new Violation(code, at(name), detail));
    }

    /** Notes every field that nobody asked for. */
    void refuseOthers() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                violations.add(new Violation(
                        ErrorCode.UNKNOWN_FIELD,
                        at(name),
                        "The field %s is not known here; known are %s"
                                .formatted(Quoted.of(name), String.join(", ", known))));
            }
        });
    }

    private JsonNode node(String name) {
        known.add(name);
        return object.path(name);
    }

    private Optional<String> checked(String at, String value, int longest, Check check) {
        var problem = problem(at, value, longest).or(() -> check.problem(value));
        problem.ifPresent(detail -> violations.add(new Violation(ErrorCode.INVALID_REQUEST, at, detail)));
        return problem.isPresent() ? Optional.empty() : Optional.of(value);
    }

    /** Whatever the field is. */
    private static Optional<String> problem(String at, String value, int longest) {
        if (value.length() > longest) {
            return Optional.of(
                    "%s has %d characters; at most %d are allowed".formatted(place(at), value.length(), longest));
        }
        return value.indexOf('\0') < 0
                ? Optional.empty()
                : Optional.of("%s holds the character U+0000, which cannot be kept".formatted(place(at)));
    }

    private <T> Optional<T> wrong(String name, String detail) {
        refuse(name, ErrorCode.INVALID_REQUEST, detail);
        return Optional.empty();
    }

    private String at(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String place(String pointer) {
        return pointer.isEmpty() ? "The body" : pointer.length() > 120 ? "A field" : pointer;
    }
}
