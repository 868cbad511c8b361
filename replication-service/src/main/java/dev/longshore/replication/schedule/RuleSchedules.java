package dev.longshore.replication.schedule;

import dev.longshore.kit.work.Background;
import dev.longshore.replication.domain.ReplicationRule;
import dev.longshore.replication.plan.Occasion;
import dev.longshore.replication.plan.RequestCopies;
import dev.longshore.replication.postgres.Rules;
import dev.longshore.schedules.Timetable;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Starts the rules whose time has come, each once, however many replicas look. A time missed is made up for once. */
@ApplicationScoped
public class RuleSchedules {

    private static final Logger LOG = Logger.getLogger(RuleSchedules.class);

    private final Timetable timetable;
    private final Rules rules;
    private final RequestCopies requestCopies;
    private final Background background;

    RuleSchedules(Timetable timetable, Rules rules, RequestCopies requestCopies, Background background) {
        this.timetable = timetable;
        this.rules = rules;
        this.requestCopies = requestCopies;
        this.background = background;
    }

    /** The rule was configured: from now on it runs by its schedule, or by none. */
    public Uni<Void> configured(Mutiny.Session session, ReplicationRule rule) {
        return timetable.set(session, rule.name(), rule.schedule().filter(_ -> rule.isEnabled()));
    }

    public Uni<Void> removed(Mutiny.Session session, String rule) {
        return timetable.remove(session, rule);
    }

    @Scheduled(every = "5s", delayed = "5s")
    void look() {
        background.start("run schedules", () -> timetable.runDue(this::start));
    }

    private Uni<Void> start(Mutiny.Session session, String rule) {
        return rules.find(session, rule).chain(found -> start(session, found));
    }

    private Uni<Void> start(Mutiny.Session session, Optional<ReplicationRule> rule) {
        return rule.filter(ReplicationRule::isEnabled)
                .map(found -> requestCopies
                        .ofRule(session, found, Occasion.SERVICE, false)
                        .invoke(execution -> LOG.infof("%s runs by its schedule as %s", found.name(), execution))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
