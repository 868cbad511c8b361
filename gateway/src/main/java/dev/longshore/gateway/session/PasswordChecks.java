package dev.longshore.gateway.session;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.session.domain.PasswordHash;
import dev.longshore.gateway.session.postgres.Account;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.work.BlockingCalls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Checks passwords on virtual threads, few at once: each takes much memory on purpose. */
@ApplicationScoped
class PasswordChecks {

    private final BlockingCalls blocking;
    private final SessionsConfig config;
    private final Semaphore permits;
    /** Checked when there is no such account, so that the answer takes as long. */
    private final String nobodysHash = PasswordHash.of("nobody has this password");

    PasswordChecks(BlockingCalls blocking, SessionsConfig config) {
        this.blocking = blocking;
        this.config = config;
        this.permits = new Semaphore(config.passwordChecks(), true);
    }

    Uni<Boolean> matches(String password, Optional<Account> account) {
        return blocking.call(() -> check(password, account));
    }

    private boolean check(String password, Optional<Account> account) throws InterruptedException {
        if (!permits.tryAcquire(config.passwordPatience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ProblemException(ErrorCode.UNAVAILABLE, "Too many are signing in at this moment");
        }
        try {
            var matches = PasswordHash.matches(
                    password, account.map(Account::passwordHash).orElse(nobodysHash));
            return matches && account.isPresent();
        } finally {
            permits.release();
        }
    }
}
