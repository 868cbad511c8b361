package dev.longshore.oci.client.http;

/** Who the client is to the registry. Their texts never show the secret. */
public sealed interface Credentials {

    /** For registries that let everyone in. */
    record Anonymous() implements Credentials {}

    /** A name and a password, for the registry itself or for the token service that it names. */
    record Basic(String username, String password) implements Credentials {
        @Override
        public String toString() {
            return "Basic[" + username + "]";
        }
    }

    /** A token that the registry takes as it is. */
    record Token(String token) implements Credentials {
        @Override
        public String toString() {
            return "Token[]";
        }
    }

    static Credentials anonymous() {
        return new Anonymous();
    }
}
