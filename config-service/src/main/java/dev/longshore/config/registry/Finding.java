package dev.longshore.config.registry;

import dev.longshore.config.registry.Step.Outcome;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.secrets.SecretException;
import dev.longshore.oci.client.address.ForbiddenAddressException;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.oci.client.http.RegistryException.ForbiddenAddress;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a step of a diagnosis found. */
record Finding(
        Outcome outcome,
        @Nullable ErrorCode code,
        String message,
        @Nullable String advice) {

    static Finding ok(String message) {
        return new Finding(Outcome.OK, null, message, null);
    }

    static Finding skipped(String message) {
        return new Finding(Outcome.SKIPPED, null, message, null);
    }

    static Finding failed(ErrorCode code, String message, String advice) {
        return new Finding(Outcome.FAILED, code, message, advice);
    }

    boolean hasFailed() {
        return outcome == Outcome.FAILED;
    }

    /** What a failed call to the registry means. */
    static Finding of(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case ForbiddenAddressException _, ForbiddenAddress _ ->
                failed(
                        ErrorCode.FORBIDDEN_ADDRESS,
                        message,
                        "Loopback and private addresses are reached only with allowPrivateAddresses; link-local and metadata addresses never");
            case UnknownHostException _ ->
                failed(
                        ErrorCode.REGISTRY_UNREACHABLE,
                        "There is no address for the host " + message,
                        "Check the host in the URL, and the name server that Longshore uses");
            case SecretException _ ->
                failed(
                        ErrorCode.SECRET_REQUIRED,
                        message,
                        "Give the secret again, or put it where the reference says (docs/registries.md)");
            case Rejected rejected
            when rejected.isUnauthorized() ->
                failed(
                        ErrorCode.CREDENTIALS_REJECTED,
                        message,
                        "Check the user name and the password or token at the registry");
            case Rejected rejected
            when rejected.isDenied() ->
                failed(ErrorCode.CREDENTIALS_REJECTED, message, "Give the user more rights at the registry");
            case InvalidAnswer _ ->
                failed(
                        ErrorCode.NOT_A_REGISTRY,
                        message,
                        "Check scheme, port and path of the URL: a web front end or a proxy may have answered");
            case RegistryException _
            when isTls(failure) ->
                failed(
                        ErrorCode.REGISTRY_UNREACHABLE,
                        message,
                        "Give the authority that signed the registry's certificate as /tls/caBundle, and check the host name");
            case Rejected _ -> failed(ErrorCode.REGISTRY_REJECTED, message, "The registry's log may say more");
            default ->
                failed(
                        ErrorCode.REGISTRY_UNREACHABLE,
                        message,
                        "Check that the registry runs, and that no firewall is between it and Longshore");
        };
    }

    static boolean isTls(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(8)
                .anyMatch(SSLException.class::isInstance);
    }
}
