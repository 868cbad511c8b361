package dev.longshore.replication.domain;

/** What is to be done about one tag under one rule, and why. */
public sealed interface Verdict {

    /** A sentence for people. */
    String reason();

    /** The rule does not speak of the tag. */
    record OutOfScope() implements Verdict {
        @Override
        public String reason() {
            return "the rule does not select it";
        }
    }

    /** The target has it already, as far as is remembered. */
    record InSync(CopyTarget target) implements Verdict {
        @Override
        public String reason() {
            return "the target has this digest with all referrers that are known";
        }
    }

    /** Not yet: a later decision may change it. */
    record Waiting(CopyTarget target, String reason) implements Verdict {}

    /** Never, unless somebody changes the rule or a registry. */
    record Refused(String reason) implements Verdict {}

    /** It would be copied, but nothing may be changed. */
    record Observed(CopyTarget target, String reason) implements Verdict {}

    record Copy(CopyTarget target) implements Verdict {
        @Override
        public String reason() {
            return "it is to be copied";
        }
    }
}
