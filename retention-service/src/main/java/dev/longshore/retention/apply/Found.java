package dev.longshore.retention.apply;

import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.retention.domain.policy.Reason;

/** What the registry says, right before something is deleted. */
sealed interface Found {

    /** The code of what changed, as the domain has it. */
    String CHANGED = Reason.Code.CHANGED_SINCE.toString();

    /** It is as it was planned. */
    record There(FetchedManifest manifest) implements Found {}

    record Gone() implements Found {}

    /** @param reason ends the sentence "it stays, because …" */
    record Changed(String reason) implements Found {}
}
