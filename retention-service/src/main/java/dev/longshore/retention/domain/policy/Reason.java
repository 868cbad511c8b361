package dev.longshore.retention.domain.policy;

import java.util.Locale;

/**
 * Why something stays or goes.
 *
 * @param text ends the sentence "it stays, because …" or "it goes, because …"
 */
public record Reason(Code code, String text) {

    /** Stable: they are in the API, in events and in audit entries; docs/retention.md lists them. */
    public enum Code {
        // Stays, because a rule wants it.
        KEPT_BY_RULE,
        // Stays, whatever the rules say.
        PROTECTED,
        MINIMUM_KEPT,
        IN_USE,
        YOUNG,
        UNTAGGED_KEPT,
        // Stays, because something that stays needs it, or it is part of that.
        NEEDED,
        // Stays, because something is not known or cannot be done.
        UNKNOWN_TO_RULE,
        SUBJECT_UNKNOWN,
        UNDECIDED,
        INCOMPLETE,
        POLICY_DISABLED,
        POLICY_OUT_OF_SCOPE,
        POLICY_KEEPS_NOTHING,
        REGISTRY_CANNOT_DELETE,
        REGISTRY_CANNOT_DELETE_TAGS,
        // Stays although it was planned to go.
        ALREADY_GONE,
        CHANGED_SINCE,
        STILL_REFERRED_TO,
        // Goes.
        NO_RULE_KEEPS_IT,
        UNTAGGED,
        GOES_WITH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
