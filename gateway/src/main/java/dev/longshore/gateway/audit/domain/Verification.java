package dev.longshore.gateway.audit.domain;

import java.util.List;

/**
 * What the verification of a chain found.
 *
 * @param entries how many were read
 * @param count number of the last
 * @param head its hash, in hexadecimal
 * @param checkpoints how many signed checkpoints agree with it
 * @param sealed how many are in segments that were taken out
 * @param findings what was done to it, at most 100; empty if it is intact
 */
public record Verification(
        long entries, long count, String head, long checkpoints, long sealed, List<Finding> findings) {

    public Verification {
        findings = List.copyOf(findings);
    }

    public boolean isIntact() {
        return findings.isEmpty();
    }

    public Verification with(List<Finding> more) {
        var all = new java.util.ArrayList<>(findings);
        all.addAll(more);
        return new Verification(entries, count, head, checkpoints, sealed, all);
    }
}
