package dev.longshore.scan.scanning;

import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.scan.domain.ScanFailedException;
import dev.longshore.scan.postgres.Scans;
import dev.longshore.scan.trivy.TrivyScanner;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Keeps this machine's vulnerability database up to date. A newer one lets all be matched again, from their SBOMs. */
@ApplicationScoped
class DatabaseRenewal {

    private static final Logger LOG = Logger.getLogger(DatabaseRenewal.class);

    private final TrivyScanner scanner;
    private final BlockingCalls blocking;
    private final Mutiny.SessionFactory sessions;
    private final Scans scans;
    private final Clock clock = Clock.systemUTC();

    DatabaseRenewal(TrivyScanner scanner, BlockingCalls blocking, Mutiny.SessionFactory sessions, Scans scans) {
        this.scanner = scanner;
        this.blocking = blocking;
        this.sessions = sessions;
        this.scans = scans;
    }

    @Scheduled(
            every = "{longshore.trivy.update-every:6h}",
            delayed = "1s",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> renew() {
        return blocking.call(scanner::renewDatabase)
                .chain(this::seen)
                .onFailure(ScanFailedException.class)
                .recoverWithUni(failure -> {
                    LOG.warnf("The vulnerability database was not renewed: %s", failure.getMessage());
                    return Uni.createFrom().voidItem();
                });
    }

    private Uni<Void> seen(Instant updatedAt) {
        return sessions.withTransaction(
                        (session, _) -> scans.databaseSeen(session, TrivyScanner.NAME, updatedAt, clock.instant()))
                .invoke(isNewer -> LOG.infof("Vulnerability database of %s%s", updatedAt, isNewer ? ", newer" : ""))
                .replaceWithVoid();
    }
}
