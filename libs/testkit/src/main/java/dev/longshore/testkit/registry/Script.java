package dev.longshore.testkit.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The misbehaviour that a test has ordered. */
final class Script {

    private final List<Line> lines = new ArrayList<>();

    /** One order, and how often it still holds. */
    private static final class Line {
        private final String method;
        private final Pattern path;
        private final Function<Supplier<Reply>, Reply> reply;
        private int left;

        Line(String method, Pattern path, int times, Function<Supplier<Reply>, Reply> reply) {
            this.method = method;
            this.path = path;
            this.left = times;
            this.reply = reply;
        }

        boolean fits(Recorded request) {
            return left > 0
                    && request.method().equals(method)
                    && path.matcher(request.path()).matches();
        }
    }

    synchronized void add(String method, String path, int times, Function<Supplier<Reply>, Reply> reply) {
        lines.add(new Line(method, Pattern.compile(path), times, reply));
    }

    synchronized Optional<Function<Supplier<Reply>, Reply>> next(Recorded request) {
        var found = lines.stream().filter(line -> line.fits(request)).findFirst();
        found.ifPresent(line -> line.left--);
        return found.map(line -> line.reply);
    }

    synchronized void clear() {
        lines.clear();
    }
}
