package dev.longshore.scan.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.scan.domain.Rulebook;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The service's copy of what people configured, as far as it concerns scans. */
@ApplicationScoped
public class Configuration {

    /** The tables that hold a document by its name. */
    public enum Kind {
        REGISTRY("registry"),
        SCAN_POLICY("scan_policy"),
        EXEMPTION("exemption");

        private final String table;

        Kind(String table) {
            this.table = table;
        }
    }

    /** Emits false if this is what is known already. */
    public Uni<Boolean> put(Mutiny.Session session, Kind kind, String name, Object document) {
        var put = """
                insert into %1$s (name, document) values (:name, :document)
                on conflict (name) do update set document = excluded.document
                where %1$s.document <> excluded.document""".formatted(kind.table);
        return session.createNativeQuery(put)
                .setParameter("name", name)
                .setParameter("document", StoredJson.write(document))
                .executeUpdate()
                .map(changed -> changed == 1);
    }

    /** Emits false if there was none. */
    public Uni<Boolean> remove(Mutiny.Session session, Kind kind, String name) {
        return session.createNativeQuery("delete from %s where name = :name".formatted(kind.table))
                .setParameter("name", name)
                .executeUpdate()
                .map(removed -> removed == 1);
    }

    public Uni<Optional<RegistryConfigured>> registry(Mutiny.Session session, String name) {
        return session.createNativeQuery("select document from registry where name = :name", String.class)
                .setParameter("name", name)
                .getResultList()
                .map(found -> found.stream()
                        .map(document -> StoredJson.read(document, new TypeReference<RegistryConfigured>() {}))
                        .findFirst());
    }

    /** The policies and exemptions as they stand now. */
    public Uni<Rulebook> rulebook(Mutiny.Session session) {
        return documents(session, Kind.SCAN_POLICY, new TypeReference<ScanPolicyConfigured>() {})
                .chain(policies -> documents(session, Kind.EXEMPTION, new TypeReference<ExemptionConfigured>() {})
                        .map(exemptions -> new Rulebook(policies, exemptions)));
    }

    private static <T> Uni<List<T>> documents(Mutiny.Session session, Kind kind, TypeReference<T> type) {
        return session.createNativeQuery("select document from " + kind.table, String.class)
                .getResultList()
                .map(found -> found.stream()
                        .map(document -> StoredJson.read(document, type))
                        .toList());
    }
}
