package dev.longshore.gateway.session;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.session.domain.FairGate;
import dev.longshore.gateway.session.domain.FairGate.Lane;
import dev.longshore.gateway.session.domain.PasswordHash;
import dev.longshore.gateway.session.postgres.Account;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.work.BlockingCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Hashes passwords on virtual threads, few at once and by turns: each takes much memory on purpose. */
@ApplicationScoped
public class PasswordChecks {

    private static final int MOST_PER_LANE = 8;
    private static final int MOST = 512;
    private static final Duration SOON = Duration.ofSeconds(2);

    private final BlockingCalls blocking;
    private final SessionsConfig config;
    private final FairGate gate;
    /** Checked when there is no such account, so that the answer takes as long. */
    private final String nobodysHash = PasswordHash.of("nobody has this password");

    PasswordChecks(BlockingCalls blocking, SessionsConfig config, MeterRegistry meters) {
        this.blocking = blocking;
        this.config = config;
        this.gate = new FairGate(config.passwordChecks(), MOST_PER_LANE, MOST);
        meters.gauge("longshore.password.checks.waiting", gate, FairGate::waiting);
    }

    /** False, after as long, also where there is no account, or one that has no password or is disabled. */
    public Uni<Boolean> matches(String password, Optional<Account> account, Lane lane) {
        var able = account.filter(Account::canSignIn);
        return inTurn(lane, () -> {
            var matches =
                    PasswordHash.matches(password, able.flatMap(Account::hash).orElse(nobodysHash));
            return matches && able.isPresent();
        });
    }

    /** The form in which a new password is kept. */
    public Uni<String> hash(String password, String by) {
        return inTurn(new Lane(by, true), () -> PasswordHash.of(password));
    }

    private <T> Uni<T> inTurn(Lane lane, Callable<T> work) {
        return blocking.call(() -> {
            if (!gate.enter(lane, config.passwordPatience())) {
                throw new ProblemException(ErrorCode.UNAVAILABLE, "Too many are signing in at this moment", SOON);
            }
            try {
                return work.call();
            } finally {
                gate.leave();
            }
        });
    }
}
