package dev.longshore.config.registry;

import dev.longshore.config.registry.Step.Name;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.oci.Digest;
import dev.longshore.oci.client.Referrers;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One diagnosis: a step after the other, until one fails that the others need. */
final class DiagnosisRun {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String NOT_TRIED = "Not tried, because a step before failed";

    /** Of no bytes: no registry has referrers of it. */
    private static final Digest NOBODYS =
            Digest.parse("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private final DiagnosisTarget target;
    private final Vertx vertx;
    private final BlockingCalls blocking;
    private final List<Step> steps = new ArrayList<>();
    private final Uni<Optional<Throwable>> anonymousPing;
    private List<InetAddress> addresses = List.of();
    private Optional<String> repository;
    private boolean isStopped;

    DiagnosisRun(DiagnosisTarget target, Vertx vertx, BlockingCalls blocking) {
        this.target = target;
        this.vertx = vertx;
        this.blocking = blocking;
        this.repository = target.repositories().stream().findFirst();
        this.anonymousPing = target.anonymous()
                .ping()
                .replaceWith(Optional.<Throwable>empty())
                .onFailure(RegistryException.class)
                .recoverWithItem(Optional::of)
                .memoize()
                .indefinitely();
    }

    Uni<List<Step>> run() {
        return reach().chain(this::use).replaceWith(steps);
    }

    private Uni<Void> reach() {
        return step(Name.ADDRESS, this::address)
                .chain(() -> step(Name.CONNECTION, this::connection))
                .chain(() -> step(Name.TLS, this::tls))
                .chain(() -> step(Name.API, this::api));
    }

    private Uni<Void> use() {
        return step(Name.CREDENTIALS, this::credentials)
                .chain(() -> step(Name.LISTING, this::listing))
                .chain(() -> step(Name.REFERRERS, this::referrers))
                .chain(() -> step(Name.DELETES, this::deletes));
    }

    private Uni<Void> step(Name name, Supplier<Uni<Finding>> work) {
        var began = System.nanoTime();
        var finding = isStopped
                ? Uni.createFrom().item(Finding.skipped(NOT_TRIED))
                : Uni.createFrom().<Finding>deferred(work::get);
        return finding.onFailure()
                .recoverWithItem(Finding::of)
                .invoke(found -> {
                    // What cannot be listed may still be pulled.
                    isStopped |= found.hasFailed() && name != Name.LISTING;
                    var code = found.code() == null ? null : found.code().code();
                    var took = Duration.ofMillis((System.nanoTime() - began) / 1_000_000);
                    steps.add(new Step(name, found.outcome(), code, took, found.message(), found.advice()));
                })
                .replaceWithVoid();
    }

    private Uni<Finding> address() {
        return AddressGuard.of(target.allowPrivateAddresses())
                .resolve(vertx, target.host())
                .invoke(found -> addresses = found)
                .map(found -> Finding.ok("%s is at %s"
                        .formatted(
                                target.host(),
                                found.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ")))));
    }

    private Uni<Finding> connection() {
        return blocking.call(() -> {
            var address = new InetSocketAddress(addresses.getFirst(), target.port());
            try (var socket = new Socket()) {
                socket.connect(address, (int) PATIENCE.toMillis());
                return Finding.ok("Port %d is open".formatted(target.port()));
            } catch (SocketTimeoutException _) {
                return unreachable("Port %d did not answer within %d s".formatted(target.port(), PATIENCE.toSeconds()));
            } catch (ConnectException _) {
                return unreachable("The connection to port %d was refused".formatted(target.port()));
            } catch (IOException failure) {
                return unreachable("Port %d cannot be reached (%s)".formatted(target.port(), failure.getMessage()));
            }
        });
    }

    private static Finding unreachable(String message) {
        return Finding.failed(
                ErrorCode.REGISTRY_UNREACHABLE,
                message,
                "Check that the registry runs and listens there, and that no firewall is between it and Longshore");
    }

    private Uni<Finding> tls() {
        if (!target.isEncrypted()) {
            return Uni.createFrom().item(Finding.skipped("The URL begins with http: nothing is encrypted"));
        }
        return anonymousPing.map(failure -> failure.filter(cause -> !isOfTokens(cause))
                .filter(cause -> Finding.isTls(cause) || isSilence(cause))
                .map(cause -> Finding.isTls(cause) ? Finding.of(cause) : silence(cause))
                .orElseGet(() -> Finding.ok(
                        target.isVerified()
                                ? "The certificate is trusted"
                                : "The connection is encrypted; the certificate is not checked, as /tls/verify says")));
    }

    private static boolean isSilence(Throwable failure) {
        return failure instanceof Unavailable unavailable
                && unavailable.status().isEmpty();
    }

    private static Finding silence(Throwable failure) {
        return Finding.failed(
                ErrorCode.REGISTRY_UNREACHABLE,
                "Nothing came over an encrypted connection. " + failure.getMessage(),
                "Perhaps there is no TLS on this port, and the URL begins with http:// in truth");
    }

    private Uni<Finding> api() {
        return anonymousPing.map(failure -> failure.filter(cause -> !isOfTokens(cause))
                .map(DiagnosisRun::apiAnswer)
                .orElseGet(() -> Finding.ok("/v2/ answers as a registry does")));
    }

    private static Finding apiAnswer(Throwable failure) {
        if (failure instanceof Rejected rejected && (rejected.isUnauthorized() || rejected.isDenied())) {
            return Finding.ok("/v2/ answers as a registry does, and asks for credentials");
        }
        return failure instanceof Rejected
                ? Finding.failed(
                        ErrorCode.NOT_A_REGISTRY,
                        String.valueOf(failure.getMessage()),
                        "Check scheme, port and path of the URL")
                : Finding.of(failure);
    }

    /** The registry answered then, and named a token service. */
    private static boolean isOfTokens(Throwable failure) {
        return failure instanceof RegistryException known && known.action().startsWith("get a token");
    }

    private Uni<Finding> credentials() {
        return target.hasCredentials()
                ? target.client()
                        .chain(RegistryClient::ping)
                        .replaceWith(() -> Finding.ok("The registry accepts the credentials"))
                : anonymousPing.map(failure -> failure.map(cause -> Finding.failed(
                                ErrorCode.CREDENTIALS_REJECTED,
                                "The registry asks for credentials, and none are configured",
                                "Give /credentials of type basic or token"))
                        .orElseGet(() -> Finding.ok("The registry lets everyone in; no credentials are configured")));
    }

    private Uni<Finding> listing() {
        return repository.isPresent() ? tags(repository.get()) : catalogue();
    }

    private Uni<Finding> tags(String name) {
        return target.client()
                .chain(client -> client.tags(name).select().first(100).collect().asList())
                .map(tags -> Finding.ok("The repository %s has %s".formatted(name, count(tags, 100, "tag", "tags"))));
    }

    private Uni<Finding> catalogue() {
        return target.client()
                .chain(client ->
                        client.repositories().select().first(100).collect().asList())
                .invoke(names -> repository = names.stream().findFirst())
                .map(names -> Finding.ok("The catalogue has " + count(names, 100, "repository", "repositories")))
                .onFailure(Rejected.class)
                .recoverWithItem(failure -> Finding.failed(
                        ErrorCode.REGISTRY_REJECTED,
                        String.valueOf(failure.getMessage()),
                        "Let the user list the catalogue, or name the repositories in /repositories"));
    }

    private static String count(List<String> found, int most, String one, String many) {
        var number = found.size() == most ? most + " or more" : Integer.toString(found.size());
        return number + " " + (found.size() == 1 ? one : many);
    }

    private Uni<Finding> referrers() {
        return repository
                .map(name -> target.client()
                        .chain(client -> client.referrers(name, NOBODYS))
                        .map(Referrers::source)
                        .map(source -> switch (source) {
                            case API -> Finding.ok("The registry has the referrers API");
                            case FALLBACK_TAG ->
                                Finding.ok(
                                        "The registry has no referrers API: signatures and SBOMs are found by their fallback tags");
                        }))
                .orElseGet(() -> Uni.createFrom().item(Finding.skipped("There is no repository to ask for")));
    }

    private Uni<Finding> deletes() {
        return Uni.createFrom()
                .item(Finding.skipped("Unknown: only a delete would tell, and a diagnosis changes nothing"));
    }
}
