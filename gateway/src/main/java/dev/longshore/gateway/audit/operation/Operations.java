package dev.longshore.gateway.audit.operation;

import com.fasterxml.uuid.Generators;
import dev.longshore.gateway.access.domain.Access;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.audit.AuditConfig;
import dev.longshore.gateway.audit.domain.Asked;
import dev.longshore.gateway.audit.domain.Outcome;
import dev.longshore.gateway.audit.postgres.AskedTable;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.kit.trace.TraceParent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Changes that people ask for. Each is committed to the gateway's store before it is handed on; how it was answered is
 * written behind it; both together become one entry of the chain.
 */
@ApplicationScoped
public class Operations {

    private static final Logger LOG = Logger.getLogger(Operations.class);
    private static final String API = "/api/v1/";

    private final AskedTable table;
    private final MeterRegistry meters;
    private final long patience;
    private final Clock clock = Clock.systemUTC();

    Operations(AskedTable table, AuditConfig config, MeterRegistry meters) {
        this.table = table;
        this.meters = meters;
        this.patience = config.patience().toMillis();
    }

    /** Succeeds with the operation's id once it is kept; if it fails, nothing may be done. */
    public Future<UUID> ask(Identity someone, String address, Access access, String path) {
        var id = Generators.timeBasedEpochGenerator().generate();
        var asked = new Asked(
                id,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                project(access),
                someone.name(),
                address,
                token(someone, id),
                access.operation().toString(),
                resource(path),
                TraceParent.traceId().orElse(null));
        var timer = Timer.start(meters);
        return table.add(asked)
                .timeout(patience, TimeUnit.MILLISECONDS)
                .onComplete(kept -> timer.stop(
                        meters.timer("longshore.audit.asked", "outcome", kept.succeeded() ? "kept" : "failed")))
                .onFailure(failure -> LOG.errorf("Refused %s: it could not be audited: %s", asked.operation(), failure))
                .map(id);
    }

    /** @param status of the answer, or {@link Outcome#UNSEEN} */
    public void answered(UUID operation, int status) {
        table.answered(operation, status)
                .onFailure(failure ->
                        LOG.warnf("The trail will not know that %s was answered %d: %s", operation, status, failure));
    }

    /** By which a service's entries and the door's are known to speak of one operation. */
    public static String token(Identity someone, UUID operation) {
        return someone.id() + ":" + operation;
    }

    /** The project of the thing is known to its service alone; someone who has but one project can only mean that. */
    static String project(Access access) {
        return only(access.permitted()).equals(Grants.WHOLE) ? only(access.visible()) : only(access.permitted());
    }

    static String resource(String path) {
        var end = path.indexOf('?');
        var plain = end < 0 ? path : path.substring(0, end);
        return plain.startsWith(API) ? plain.substring(API.length()) : plain;
    }

    private static String only(Set<String> projects) {
        return projects.size() == 1 ? projects.iterator().next() : Grants.WHOLE;
    }
}
