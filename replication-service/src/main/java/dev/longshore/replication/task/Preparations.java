package dev.longshore.replication.task;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ErrorCode;
import dev.longshore.oci.ImageReference;
import dev.longshore.replication.domain.Known.TargetMode;
import dev.longshore.replication.domain.Planner;
import dev.longshore.replication.domain.ReplicationRule;
import dev.longshore.replication.domain.Verdict;
import dev.longshore.replication.plan.CopyTask;
import dev.longshore.replication.postgres.Candidate;
import dev.longshore.replication.postgres.Candidates;
import dev.longshore.replication.postgres.Registries;
import dev.longshore.replication.postgres.Replica;
import dev.longshore.replication.postgres.Replicas;
import dev.longshore.replication.postgres.Rules;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Looks right before a copy whether it is still wanted: what was planned may be long ago. */
@ApplicationScoped
class Preparations {

    private final Registries registries;
    private final Rules rules;
    private final Candidates candidates;
    private final Replicas replicas;

    Preparations(Registries registries, Rules rules, Candidates candidates, Replicas replicas) {
        this.registries = registries;
        this.rules = rules;
        this.candidates = candidates;
        this.replicas = replicas;
    }

    private record Ends(
            Optional<RegistryConfigured> source, Optional<RegistryConfigured> target, String targetProject) {}

    private record Both(RegistryConfigured source, RegistryConfigured target, String targetProject) {}

    Uni<Preparation> prepare(Mutiny.Session session, CopyTask copy) {
        return registries
                .find(session, copy.source().registry())
                .chain(source -> registries
                        .find(session, copy.target().registry())
                        .chain(target -> registries
                                .owners(session, copy.target().registry())
                                .map(owners -> new Ends(
                                        source,
                                        target,
                                        owners.projectOf(copy.target().repository())))))
                .chain(ends -> prepare(session, copy, ends));
    }

    private Uni<Preparation> prepare(Mutiny.Session session, CopyTask copy, Ends ends) {
        if (ends.source().isEmpty() || ends.target().isEmpty()) {
            var missing = ends.source().isEmpty() ? copy.source() : copy.target();
            return Uni.createFrom()
                    .item(new Preparation.Impossible(
                            ErrorCode.NOT_FOUND.code(),
                            "There is no registry '%s' any more".formatted(missing.registry())));
        }
        var both = new Both(ends.source().get(), ends.target().get(), ends.targetProject());
        return copy.rule() == null ? onDemand(session, copy, both) : byRule(session, copy, copy.rule(), both);
    }

    private Uni<Preparation> onDemand(Mutiny.Session session, CopyTask copy, Both ends) {
        if (Registries.mode(ends.target()) == TargetMode.OBSERVE) {
            return skip("It would be copied, but the registry '%s' is in observe mode"
                    .formatted(ends.target().name()));
        }
        return replicas.find(session, "", copy.source(), copy.target())
                .map(before -> new Preparation.Ready(
                        ends.source(),
                        ends.target(),
                        ends.targetProject(),
                        copy.source().digest(),
                        Optional.empty(),
                        true,
                        false,
                        before.isEmpty(),
                        false));
    }

    private Uni<Preparation> byRule(Mutiny.Session session, CopyTask copy, String name, Both ends) {
        return rules.find(session, name)
                .chain(rule -> rule.isEmpty()
                        ? skip("There is no rule '%s' any more".formatted(name))
                        : candidates
                                .find(
                                        session,
                                        rule.get(),
                                        copy.source().repository(),
                                        copy.source().reference().value())
                                .chain(found -> found.isEmpty()
                                        ? skip("The tag is gone at the source")
                                        : replicas.find(session, name, copy.source(), copy.target())
                                                .map(before -> judge(copy, rule.get(), found.get(), before, ends))));
    }

    private static Preparation judge(
            CopyTask copy, ReplicationRule rule, Candidate candidate, Optional<Replica> before, Both ends) {
        var remembered = before.filter(
                        replica -> replica.digest().equals(candidate.tag().digest()))
                .isPresent();
        return switch (Planner.plan(rule, candidate.tag(), candidate.known())) {
            case Verdict.Copy wanted ->
                ready(copy, rule, candidate, wanted.target().reference(), ends, remembered);
            case Verdict.InSync wanted
            when copy.verify() -> ready(copy, rule, candidate, wanted.target().reference(), ends, remembered);
            case Verdict other -> new Preparation.Skip(sentence(other.reason()));
        };
    }

    private static Preparation ready(
            CopyTask copy,
            ReplicationRule rule,
            Candidate candidate,
            ImageReference wanted,
            Both ends,
            boolean remembered) {
        return wanted.equals(copy.target())
                ? new Preparation.Ready(
                        ends.source(),
                        ends.target(),
                        ends.targetProject(),
                        Optional.of(candidate.tag().digest()),
                        Optional.of(candidate.tag().pushedAt()),
                        rule.copiesReferrers(),
                        remembered && !copy.verify(),
                        !remembered,
                        rule.copiesOnPush())
                : new Preparation.Skip("The rule now copies it to " + wanted);
    }

    private static Uni<Preparation> skip(String reason) {
        return Uni.createFrom().item(new Preparation.Skip(reason));
    }

    private static String sentence(String reason) {
        return Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
    }
}
