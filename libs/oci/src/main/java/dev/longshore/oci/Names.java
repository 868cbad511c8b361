package dev.longshore.oci;

import dev.longshore.oci.InvalidReferenceException.Part;
import java.util.regex.Pattern;

/**
 * The grammar of names. Each method returns what it was given, or says which part is wrong and why.
 *
 * <p>Repositories and tags are as in the distribution specification, section "Pulling manifests".
 */
public final class Names {

    public static final int LONGEST_REPOSITORY = 255;
    public static final int LONGEST_TAG = 128;
    public static final int LONGEST_REGISTRY = 63;

    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*+");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]*");
    private static final Pattern REGISTRY = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final int LONGEST_QUOTE = 80;

    private Names() {}

    /** The name under which a registry is registered, such as {@code nexus-registry}. */
    public static String registry(String name) {
        if (name.isEmpty()) {
            throw invalid(Part.REGISTRY, "The registry name is empty");
        }
        if (name.length() > LONGEST_REGISTRY) {
            throw invalid(Part.REGISTRY, tooLong("The registry name", name, LONGEST_REGISTRY));
        }
        if (!REGISTRY.matcher(name).matches()) {
            throw invalid(
                    Part.REGISTRY,
                    "The registry name %s may have only lower case letters, digits and hyphens, and begins with a letter or digit"
                            .formatted(quote(name)));
        }
        return name;
    }

    /** The path of a repository within its registry, such as {@code library/alpine}. */
    public static String repository(String name) {
        if (name.isEmpty()) {
            throw invalid(Part.REPOSITORY, "The repository is empty");
        }
        if (name.length() > LONGEST_REPOSITORY) {
            throw invalid(Part.REPOSITORY, tooLong("The repository", name, LONGEST_REPOSITORY));
        }
        for (var segment : name.split("/", -1)) {
            checkSegment(name, segment);
        }
        return name;
    }

    public static String tag(String tag) {
        if (tag.isEmpty()) {
            throw invalid(Part.TAG, "The tag is empty");
        }
        if (tag.length() > LONGEST_TAG) {
            throw invalid(Part.TAG, tooLong("The tag", tag, LONGEST_TAG));
        }
        if (!TAG.matcher(tag).matches()) {
            throw invalid(
                    Part.TAG,
                    "The tag %s may have only letters, digits, '.', '_' and '-', and begins with none of '.' and '-'"
                            .formatted(quote(tag)));
        }
        return tag;
    }

    private static void checkSegment(String name, String segment) {
        if (segment.isEmpty()) {
            throw invalid(Part.REPOSITORY, "The repository %s has an empty path segment".formatted(quote(name)));
        }
        if (segment.chars().anyMatch(c -> c >= 'A' && c <= 'Z')) {
            throw invalid(
                    Part.REPOSITORY,
                    "The repository %s has capital letters; repositories are lower case".formatted(quote(name)));
        }
        if (!SEGMENT.matcher(segment).matches()) {
            throw invalid(
                    Part.REPOSITORY,
                    "The repository %s has the path segment %s; a segment is letters and digits, joined by '.', '_', '__' or hyphens"
                            .formatted(quote(name), quote(segment)));
        }
    }

    private static String tooLong(String what, String value, int longest) {
        return "%s %s has %d characters; at most %d are allowed".formatted(what, quote(value), value.length(), longest);
    }

    static String quote(String value) {
        return ForeignText.quoted(value, LONGEST_QUOTE);
    }

    static InvalidReferenceException invalid(Part part, String message) {
        return new InvalidReferenceException(part, message);
    }
}
