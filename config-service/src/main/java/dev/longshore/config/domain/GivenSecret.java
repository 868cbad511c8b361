package dev.longshore.config.domain;

/** What was said of a secret. */
public sealed interface GivenSecret {

    /** Nothing, or that it is set, as answers say: stays as it is. */
    record Kept(boolean saidSo) implements GivenSecret {}

    /** Null: there shall be none. */
    record Removed() implements GivenSecret {}

    /** The secret itself. */
    record Value(String plain) implements GivenSecret {
        @Override
        public String toString() {
            return "Value[]";
        }
    }

    /** In the operator's folder for secrets. */
    record FromFile(String name) implements GivenSecret {}

    /** In a variable of the services' environment. */
    record FromEnv(String name) implements GivenSecret {}
}
