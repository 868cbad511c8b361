package dev.longshore.oci.client.headers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code WWW-Authenticate} (RFC 9110, section 11.6.1). Several challenges may share one field, and a comma divides
 * challenges as well as parameters, so a word is a scheme unless a {@code =} follows it.
 */
public final class WwwAuthenticate {

    private static final int LONGEST = 16 * 1024;

    private final String text;
    private final List<Challenge> challenges = new ArrayList<>();
    private int position;
    private @Nullable String scheme;
    private Map<String, String> parameters = new LinkedHashMap<>();

    private WwwAuthenticate(String text) {
        this.text = text;
    }

    /** The challenges of all the fields in their order; what makes no sense is left out. */
    public static List<Challenge> parse(List<String> fields) {
        return fields.stream().flatMap(field -> parse(field).stream()).toList();
    }

    public static List<Challenge> parse(String field) {
        if (field.length() > LONGEST) {
            return List.of();
        }
        var parser = new WwwAuthenticate(field);
        parser.readAll();
        return List.copyOf(parser.challenges);
    }

    private void readAll() {
        while (position < text.length()) {
            skipSeparators();
            var word = readToken();
            if (word.isEmpty()) {
                position++;
            } else if (isAssignment()) {
                readParameter(word);
            } else {
                finish();
                scheme = word;
                skipToken68();
            }
        }
        finish();
    }

    private void readParameter(String name) {
        position = text.indexOf('=', position) + 1;
        skipSpaces();
        var value = position < text.length() && text.charAt(position) == '"' ? readQuoted() : readToken();
        parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    }

    private boolean isAssignment() {
        var next = position;
        while (next < text.length() && isSpace(text.charAt(next))) {
            next++;
        }
        return next < text.length() && text.charAt(next) == '=';
    }

    /** {@code Negotiate YII…==}: the token belongs to the scheme before it and is of no use here. */
    private void skipToken68() {
        var start = position;
        skipSpaces();
        var tokenStart = position;
        while (position < text.length() && (isTokenCharacter(text.charAt(position)) || text.charAt(position) == '/')) {
            position++;
        }
        var padding = position;
        while (padding < text.length() && text.charAt(padding) == '=') {
            padding++;
        }
        var after = padding;
        while (after < text.length() && isSpace(text.charAt(after))) {
            after++;
        }
        var ends = after == text.length() || text.charAt(after) == ',';
        if (position > tokenStart && tokenStart > start && ends) {
            position = padding;
        } else {
            position = start;
        }
    }

    private String readToken() {
        var start = position;
        while (position < text.length() && isTokenCharacter(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private String readQuoted() {
        var value = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != '"') {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            value.append(text.charAt(position++));
        }
        position++;
        return value.toString();
    }

    private void finish() {
        if (scheme != null) {
            challenges.add(new Challenge(scheme, parameters));
        }
        scheme = null;
        parameters = new LinkedHashMap<>();
    }

    private void skipSeparators() {
        while (position < text.length() && (isSpace(text.charAt(position)) || text.charAt(position) == ',')) {
            position++;
        }
    }

    private void skipSpaces() {
        while (position < text.length() && isSpace(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /** Besides the specification's characters those that careless servers leave unquoted in URLs and scopes. */
    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~:/?@".indexOf(c) >= 0;
    }
}
