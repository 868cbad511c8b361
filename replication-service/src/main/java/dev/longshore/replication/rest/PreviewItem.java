package dev.longshore.replication.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.replication.domain.CopyTarget;
import dev.longshore.replication.domain.Verdict;
import dev.longshore.replication.postgres.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * What a rule would do with a tag.
 *
 * @param verdict {@code copy}, {@code in-sync}, {@code waiting}, {@code refused} or {@code observed}: would be copied, but
 *     nothing may be changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewItem(
        String source, String digest, @Nullable String target, String verdict, String reason) {

    static final String OUT_OF_SCOPE = "out-of-scope";

    static PreviewItem from(Candidate candidate, Verdict verdict) {
        var source = candidate.tag().reference().toString();
        var digest = candidate.tag().digest().toString();
        return switch (verdict) {
            case Verdict.Copy found -> of(source, digest, found.target(), "copy", verdict);
            case Verdict.InSync found -> of(source, digest, found.target(), "in-sync", verdict);
            case Verdict.Waiting found -> of(source, digest, found.target(), "waiting", verdict);
            case Verdict.Observed found -> of(source, digest, found.target(), "observed", verdict);
            case Verdict.Refused _ -> new PreviewItem(source, digest, null, "refused", verdict.reason());
            case Verdict.OutOfScope _ -> new PreviewItem(source, digest, null, OUT_OF_SCOPE, verdict.reason());
        };
    }

    private static PreviewItem of(String source, String digest, CopyTarget target, String word, Verdict verdict) {
        return new PreviewItem(source, digest, target.reference().toString(), word, verdict.reason());
    }
}
