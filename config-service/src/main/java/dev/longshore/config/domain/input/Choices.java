package dev.longshore.config.domain.input;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Enumerations as they are in the API: lower case, with hyphens. */
public final class Choices {

    private Choices() {}

    public static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> text(value).equals(text))
                .findFirst();
    }

    public static <E extends Enum<E>> String all(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choices::text).collect(Collectors.joining(", "));
    }

    /** @param what what the value names: {@code severity} */
    public static <E extends Enum<E>> String unknown(Class<E> type, String what, String text) {
        return "The %s %s is not known; known are %s".formatted(what, Quoted.of(text), all(type));
    }
}
