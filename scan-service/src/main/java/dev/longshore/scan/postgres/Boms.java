package dev.longshore.scan.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.hibernate.reactive.mutiny.Mutiny;

/** The SBOMs of digests: an image is unpacked once. */
@ApplicationScoped
public class Boms {

    private static final String PUT = """
            insert into sbom (digest, document, scanner_version, made_at) values (:digest, :document, :version, :madeAt)
            on conflict (digest) do update set document = excluded.document, scanner_version = excluded.scanner_version,
                made_at = excluded.made_at""";

    public Uni<Optional<byte[]>> find(Mutiny.Session session, String digest) {
        return session.createNativeQuery("select document from sbom where digest = :digest", byte[].class)
                .setParameter("digest", digest)
                .getResultList()
                .map(found -> found.stream().findFirst().map(Boms::unpacked));
    }

    public Uni<Void> put(Mutiny.Session session, String digest, byte[] json, String scannerVersion, Instant madeAt) {
        return session.createNativeQuery(PUT)
                .setParameter("digest", digest)
                .setParameter("document", packed(json))
                .setParameter("version", scannerVersion)
                .setParameter("madeAt", madeAt)
                .executeUpdate()
                .replaceWithVoid();
    }

    private static byte[] packed(byte[] json) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] unpacked(byte[] document) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(document))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
