package dev.longshore.gateway.audit.rest;

import dev.longshore.gateway.audit.postgres.AuditEntry;
import dev.longshore.gateway.audit.postgres.AuditFilter;
import dev.longshore.gateway.audit.postgres.AuditPosition;
import dev.longshore.gateway.audit.postgres.AuditTrail;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** The whole of what is asked for, in portions: the next one is read when the reader has taken the one before. */
@ApplicationScoped
class AuditExport {

    private static final int PORTION = 500;

    private final AuditTrail trail;

    AuditExport(AuditTrail trail) {
        this.trail = trail;
    }

    Multi<String> csv(AuditFilter filter) {
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(CsvLines.HEAD), portions(filter).map(AuditExport::lines));
    }

    /** Quarkus writes each as JSON and a line feed behind it. */
    Multi<AuditEntry> jsonLines(AuditFilter filter) {
        return portions(filter)
                .onItem()
                .transformToMultiAndConcatenate(entries -> Multi.createFrom().iterable(entries));
    }

    private Multi<List<AuditEntry>> portions(AuditFilter filter) {
        var position = new AtomicReference<Optional<AuditPosition>>(Optional.empty());
        return Multi.createBy()
                .repeating()
                .uni(() -> next(filter, position))
                .whilst(entries -> entries.size() == PORTION)
                .select()
                .where(entries -> !entries.isEmpty());
    }

    private static String lines(List<AuditEntry> entries) {
        return entries.stream().map(CsvLines::line).collect(Collectors.joining());
    }

    private Uni<List<AuditEntry>> next(AuditFilter filter, AtomicReference<Optional<AuditPosition>> position) {
        return trail.list(filter, position.get(), PORTION).invoke(entries -> {
            if (!entries.isEmpty()) {
                position.set(Optional.of(AuditPosition.of(entries.getLast())));
            }
        });
    }
}
