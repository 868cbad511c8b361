package dev.longshore.kit.http;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.ProblemException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold for a change to be made (RFC 9110, section 13). An ETag is the version in quotes. */
public record Precondition(
        @Nullable String ifMatch, @Nullable String ifNoneMatch) {

    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** @throws ProblemException if it does not hold */
    public void check(String resource, Optional<Long> version) {
        if (ifMatch != null && !names(ifMatch, version)) {
            throw new ProblemException(
                    ErrorCode.PRECONDITION_FAILED,
                    version.map(is -> "%s has version %d, which If-Match does not name: read it again"
                                    .formatted(resource, is))
                            .orElse("There is no " + resource + ", which If-Match asks for"));
        }
        if (ifNoneMatch != null && names(ifNoneMatch, version)) {
            throw new ProblemException(
                    ErrorCode.PRECONDITION_FAILED, resource + " is there already, which If-None-Match forbids");
        }
    }

    private static boolean names(String header, Optional<Long> version) {
        return version.filter(is -> header.strip().equals("*")
                        || Stream.of(header.split(",")).map(String::strip).anyMatch(etag(is)::equals))
                .isPresent();
    }
}
