package dev.longshore.scan.scanning;

import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.scan.trivy.TrivyScanner;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Shows which Trivy there is. Always up: without Trivy scans fail, and everything else works. */
@Readiness
@ApplicationScoped
class ScannerHealth implements AsyncHealthCheck {

    private final TrivyScanner scanner;
    private final BlockingCalls blocking;

    ScannerHealth(TrivyScanner scanner, BlockingCalls blocking) {
        this.scanner = scanner;
        this.blocking = blocking;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return blocking.call(() -> response(scanner.status()));
    }

    private static HealthCheckResponse response(TrivyScanner.Status status) {
        var answer = HealthCheckResponse.named("trivy").up();
        status.version().ifPresent(version -> answer.withData("version", version));
        status.databaseUpdatedAt().ifPresent(at -> answer.withData("databaseUpdatedAt", at.toString()));
        status.problem().ifPresent(problem -> answer.withData("problem", problem));
        return answer.build();
    }
}
