package dev.longshore.scan.registry;

import dev.longshore.kit.work.Home;
import dev.longshore.oci.Digest;
import dev.longshore.oci.InvalidReferenceException;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.BlobStream;
import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one task may read, and what went wrong at the registry meanwhile: the scanner ends alike for a missing layer, a
 * refused login and a registry that is away, and only here is it known which it was.
 */
public final class Session implements AutoCloseable {

    private static final String MANIFESTS = "/manifests/";
    private static final String BLOBS = "/blobs/";

    private final String username;
    private final String password;
    private final String address;
    private final RegistryClient client;
    private final String repository;
    private final FetchedManifest manifest;
    private final Consumer<Session> whenClosed;
    private final AtomicReference<@Nullable ScanFailedException> failure = new AtomicReference<>();
    private final Set<BlobStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> whenSettled = new AtomicReference<>();

    Session(
            String username,
            String password,
            String address,
            RegistryClient client,
            String repository,
            FetchedManifest manifest,
            Consumer<Session> whenClosed) {
        this.username = username;
        this.password = password;
        this.address = address;
        this.client = client;
        this.repository = repository;
        this.manifest = manifest;
        this.whenClosed = whenClosed;
    }

    public String username() {
        return username;
    }

    public String password() {
        return password;
    }

    /** Host and port of the pass-through. */
    public String address() {
        return address;
    }

    /** The first thing that the registry did not give, if any. */
    public Optional<ScanFailedException> failure() {
        return Optional.ofNullable(failure.get());
    }

    /**
     * Emits when all that the scanner asked for has been seen to its end, and fails if anything was not what was named: the
     * scanner may be content with less.
     */
    public Uni<Void> settled() {
        return Uni.createFrom()
                .deferred(() -> Uni.createFrom()
                        .<Void>emitter(emitter -> {
                            whenSettled.set(() -> emitter.complete(null));
                            tellIfSettled();
                        })
                        .emitOn(Home.here())
                        .invoke(() -> failure().ifPresent(trouble -> {
                            throw trouble;
                        })));
    }

    /** The token is worth nothing from here on, and what is still on its way is cut. */
    @Override
    public void close() {
        whenClosed.accept(this);
        open.forEach(BlobStream::cancel);
    }

    Uni<Void> answer(Exchange exchange) {
        return Uni.createFrom()
                .deferred(() -> {
                    underWay.incrementAndGet();
                    return route(exchange);
                })
                .onFailure(InvalidReferenceException.class)
                .recoverWithUni(() -> refused(exchange, 404, "NAME_UNKNOWN", "there is no such thing here"))
                .onFailure()
                .recoverWithUni(cause -> failed(exchange, cause))
                .onTermination()
                .invoke(() -> {
                    underWay.decrementAndGet();
                    tellIfSettled();
                });
    }

    private void tellIfSettled() {
        var waiting = whenSettled.get();
        if (waiting != null && underWay.get() == 0) {
            waiting.run();
        }
    }

    private Uni<Void> route(Exchange exchange) {
        var path = exchange.path();
        if (!exchange.isReading()) {
            return refused(exchange, 405, "UNSUPPORTED", "this is for reading only");
        }
        var manifests = "/v2/" + repository + MANIFESTS;
        var blobs = "/v2/" + repository + BLOBS;
        if (path.startsWith(manifests)) {
            return manifest(exchange, Reference.of(repository, path.substring(manifests.length())));
        }
        if (path.startsWith(blobs)) {
            return blob(exchange, Digest.parse(path.substring(blobs.length())));
        }
        return refused(exchange, 404, "NAME_UNKNOWN", "there is no such thing here");
    }

    private Uni<Void> manifest(Exchange exchange, Reference reference) {
        if (reference.value().equals(manifest.digest().toString())) {
            return exchange.send(manifest);
        }
        return client.getManifest(reference)
                .chain(found -> found.map(exchange::send)
                        .orElseGet(() -> refused(exchange, 404, "MANIFEST_UNKNOWN", "there is no such manifest")));
    }

    private Uni<Void> blob(Exchange exchange, Digest digest) {
        if (exchange.isHead()) {
            return client.headBlob(repository, digest)
                    .chain(size -> size.map(known -> exchange.sendSize(known, digest.toString()))
                            .orElseGet(() -> missing(exchange, digest)));
        }
        return client.getBlob(repository, digest, exchange.offset())
                .chain(found ->
                        found.map(blob -> send(exchange, blob, digest)).orElseGet(() -> missing(exchange, digest)));
    }

    private Uni<Void> send(Exchange exchange, BlobStream blob, Digest digest) {
        open.add(blob);
        return exchange.send(blob, digest.toString()).onTermination().invoke(() -> open.remove(blob));
    }

    private Uni<Void> missing(Exchange exchange, Digest digest) {
        remember(new ScanFailedException(
                FailureCode.LAYER_MISSING,
                "The registry has the manifest of %s@%s, but not its blob %s"
                        .formatted(repository, manifest.digest(), digest)));
        return refused(exchange, 404, "BLOB_UNKNOWN", "there is no such blob");
    }

    private Uni<Void> failed(Exchange exchange, Throwable cause) {
        if (cause instanceof RegistryException trouble) {
            remember(RegistryFailures.of(trouble));
        }
        if (exchange.isBegun()) {
            exchange.cut();
        } else {
            exchange.end(502, "UNAVAILABLE", "the registry did not give it");
        }
        return Uni.createFrom().voidItem();
    }

    private void remember(ScanFailedException trouble) {
        failure.compareAndSet(null, trouble);
    }

    private static Uni<Void> refused(Exchange exchange, int status, String code, String message) {
        exchange.end(status, code, message);
        return Uni.createFrom().voidItem();
    }
}
