package dev.longshore.kit.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next given back as {@code cursor} for the page after; absent on the last
 */
public record CursorPage<T>(List<T> items, @Nullable String next) {

    /** From one row more than the page holds: its presence says that there is a page after. */
    public static <T> CursorPage<T> of(List<T> found, int limit, Function<T, String> position) {
        if (found.size() <= limit) {
            return new CursorPage<>(found, null);
        }
        var items = List.copyOf(found.subList(0, limit));
        return new CursorPage<>(items, Cursor.encode(position.apply(items.getLast())));
    }

    public <U> CursorPage<U> map(Function<T, U> mapper) {
        return new CursorPage<>(items.stream().map(mapper).toList(), next);
    }
}
