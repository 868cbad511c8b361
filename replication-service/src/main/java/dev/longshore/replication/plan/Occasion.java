package dev.longshore.replication.plan;

import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Why copies are planned: whoever asked, and the execution that they belong to, which is made with the first of them. */
public final class Occasion {

    /** What the service does of itself. */
    public static final String SERVICE = "service:replication-service";

    static final String EXECUTION_PREFIX = "rep";
    static final String EXECUTION_KIND = "replication";

    private final String reference;
    private final String requestedBy;
    private final boolean verify;
    private final boolean onDemand;
    private @Nullable String execution;

    private Occasion(String reference, String requestedBy, boolean verify, @Nullable String execution) {
        this.reference = reference;
        this.requestedBy = requestedBy;
        this.verify = verify;
        this.execution = execution;
        this.onDemand = execution != null;
    }

    /** Something changed. */
    public static Occasion change(String reference) {
        return new Occasion(reference, SERVICE, false, null);
    }

    /** Somebody, or a schedule, wants it and was told the execution. */
    public static Occasion demand(String execution, String requestedBy, boolean verify) {
        return new Occasion("", requestedBy, verify, execution);
    }

    String requestedBy() {
        return requestedBy;
    }

    boolean verify() {
        return verify;
    }

    /** Copies on demand belong to their own execution, also if the same ones wait already. */
    String naturalKey(CopyTask copy) {
        return onDemand ? copy.naturalKey() + " " + execution : copy.naturalKey();
    }

    Uni<String> execution(Mutiny.Session session, Tasks tasks, String project) {
        return Optional.ofNullable(execution)
                .map(known -> Uni.createFrom().item(known))
                .orElseGet(() -> tasks.newExecution(
                                session, EXECUTION_PREFIX, project, EXECUTION_KIND, reference, requestedBy)
                        .invoke(made -> execution = made));
    }
}
