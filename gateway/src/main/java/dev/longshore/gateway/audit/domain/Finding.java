package dev.longshore.gateway.audit.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to the chain.
 *
 * @param number of the entry that it was found at
 * @param entry its id, if it is there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(Kind kind, long number, @Nullable String entry, String detail) {

    /** What was done. */
    public enum Kind {
        /** It says something else than when it was appended, or stands in another place. */
        ALTERED,
        /** It is missing, with all up to the next that is there. */
        REMOVED,
        /** It was not appended by the gateway. */
        INSERTED,
        /** The one before it is not the one that was there when it was appended. */
        RELINKED,
        /** The end is missing: a signed checkpoint tells of entries that are not there. */
        CUT,
        /** The chain is consistent and not the one that a signed checkpoint tells of. */
        RECOMPUTED,
        /** A segment that was taken out is not the one that was sealed, or its seal is not the gateway's. */
        UNSEALED,
        /** A checkpoint was given whose signature is not the gateway's. */
        FORGED_CHECKPOINT;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
