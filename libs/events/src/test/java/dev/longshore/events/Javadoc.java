package dev.longshore.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Javadoc of a type and its components, as Markdown. Read from the sources: the pages about the events say what the
 * code says.
 */
record Javadoc(String text, Map<String, String> components) {

    private static final Pattern DOCUMENTED = Pattern.compile(
            "/\\*\\*(?<text>(?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*(?:public )?(?:sealed )?(?:record|interface) (?<name>\\w+)",
            Pattern.DOTALL);
    private static final Map<Class<?>, Map<String, Javadoc>> IN_FILE = new ConcurrentHashMap<>();
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(?:code|link) ((?:[^{}]|\\{[^{}]*})*)}");

    /** Of a type declared in this module; nothing for all others. */
    static Optional<Javadoc> of(Class<?> type) {
        return Optional.ofNullable(
                IN_FILE.computeIfAbsent(type.getNestHost(), Javadoc::read).get(type.getSimpleName()));
    }

    private static Map<String, Javadoc> read(Class<?> outermost) {
        var source = Contract.text(Contract.SOURCES.resolve(outermost.getSimpleName() + ".java"));
        return DOCUMENTED
                .matcher(source)
                .results()
                .collect(Collectors.toMap(match -> match.group("name"), match -> parse(match.group("text"))));
    }

    private static Javadoc parse(String comment) {
        var plain = comment.lines()
                .map(line -> line.strip().replaceFirst("^\\* ?", ""))
                .collect(Collectors.joining("\n"));
        var blocks = plain.split("\n@param ", -1);
        var components = new LinkedHashMap<String, String>();
        for (var block = 1; block < blocks.length; block++) {
            var space = blocks[block].indexOf(' ');
            components.put(blocks[block].substring(0, space), markdown(blocks[block].substring(space + 1)));
        }
        return new Javadoc(markdown(blocks[0]), components);
    }

    private static String markdown(String html) {
        var text =
                INLINE_TAG.matcher(html).replaceAll("`$1`").replace("&lt;", "<").replace("&gt;", ">");
        return text.strip()
                .lines()
                .map(String::strip)
                .collect(Collectors.joining(" "))
                .replaceAll(" *<p>", "\n\n")
                .strip();
    }
}
