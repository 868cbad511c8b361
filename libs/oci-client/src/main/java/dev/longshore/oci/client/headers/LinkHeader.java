package dev.longshore.oci.client.headers;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code Link} (RFC 8288) for the next page of a listing. */
public final class LinkHeader {

    private static final int LONGEST = 16 * 1024;
    private static final Pattern LINK = Pattern.compile(
            "<([^<>]*)>((?:\\s*;\\s*[^\\s=;,]+(?:\\s*=\\s*(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s;,\"]*+))?)*+)");
    private static final Pattern RELATION =
            Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]+))", Pattern.CASE_INSENSITIVE);

    private LinkHeader() {}

    /** Where the next page is, as it was written: often relative. */
    public static Optional<String> next(List<String> fields) {
        return fields.stream()
                .filter(field -> field.length() <= LONGEST)
                .flatMap(field -> LINK.matcher(field).results())
                .filter(link -> isNext(link.group(2)))
                .map(link -> link.group(1).strip())
                .filter(target -> !target.isEmpty())
                .findFirst();
    }

    private static boolean isNext(String parameters) {
        return RELATION.matcher(parameters)
                .results()
                .map(relation -> relation.group(1) == null ? relation.group(2) : relation.group(1))
                .flatMap(relations -> List.of(relations.strip().split("\\s+")).stream())
                .anyMatch("next"::equalsIgnoreCase);
    }
}
