package dev.longshore.config.domain;

import java.util.List;

/** The secrets that a registry may have. */
public enum SecretField {
    PASSWORD("password", "/credentials/password", true),
    TOKEN("token", "/credentials/token", true),
    CLIENT_KEY("clientKey", "/tls/clientKey", true),
    WEBHOOK_SECRET("webhookSecret", "/webhook/secret", false),
    PREVIOUS_WEBHOOK_SECRET("previousWebhookSecret", "/webhook/previousSecret", false);

    private final String sealName;
    private final String pointer;
    private final boolean isSent;

    SecretField(String sealName, String pointer, boolean isSent) {
        this.sealName = sealName;
        this.pointer = pointer;
        this.isSent = isSent;
    }

    /** Its name in what the seal is bound to. */
    public String sealName() {
        return sealName;
    }

    public String pointer() {
        return pointer;
    }

    /**
     * Whether it is used towards the registry's address. Such a secret must be given again for another address; those
     * that the registry shows to Longshore are not lost by a change of it.
     */
    boolean isSent() {
        return isSent;
    }

    boolean isNeededBy(RegistrySpec spec) {
        return switch (this) {
            case PASSWORD -> spec.credentials().type() == RegistrySpec.CredentialType.BASIC;
            case TOKEN -> spec.credentials().type() == RegistrySpec.CredentialType.TOKEN;
            case CLIENT_KEY -> spec.tls().clientCertificate() != null;
            case WEBHOOK_SECRET, PREVIOUS_WEBHOOK_SECRET -> false;
        };
    }

    boolean isPossibleIn(RegistrySpec spec) {
        return switch (this) {
            case PASSWORD, TOKEN, CLIENT_KEY -> isNeededBy(spec);
            case WEBHOOK_SECRET, PREVIOUS_WEBHOOK_SECRET -> true;
        };
    }

    /** Object and field. */
    public List<String> path() {
        return List.of(pointer.substring(1).split("/"));
    }
}
