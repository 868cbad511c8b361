package dev.longshore.scan.registry;

import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;

/** What a registry's trouble means for a scan. */
public final class RegistryFailures {

    private RegistryFailures() {}

    public static ScanFailedException of(RegistryException trouble) {
        var code = switch (trouble) {
            case RegistryException.Unavailable _ -> FailureCode.REGISTRY_UNREACHABLE;
            case RegistryException.ForbiddenAddress _ -> FailureCode.REGISTRY_UNREACHABLE;
            case RegistryException.DigestMismatch _ -> FailureCode.DIGEST_MISMATCH;
            case RegistryException.Rejected rejected when rejected.isNotFound() -> FailureCode.IMAGE_MISSING;
            case RegistryException.Rejected _ -> FailureCode.REGISTRY_REFUSED;
            case RegistryException.TooLarge _ -> FailureCode.REGISTRY_INVALID;
            case RegistryException.InvalidAnswer _ -> FailureCode.REGISTRY_INVALID;
        };
        return new ScanFailedException(code, String.valueOf(trouble.getMessage()), trouble);
    }
}
