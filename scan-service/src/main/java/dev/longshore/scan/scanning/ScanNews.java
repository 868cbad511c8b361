package dev.longshore.scan.scanning;

import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.kit.progress.Progress;
import dev.longshore.scan.domain.ScanFailedException;
import dev.longshore.scan.postgres.KnownImage;
import dev.longshore.tasks.ClaimedTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;

/** What is told of a scan while it runs: metrics, progress, log lines. None of it must arrive. */
@ApplicationScoped
class ScanNews {

    private static final Logger LOG = Logger.getLogger(ScanNews.class);

    private final MeterRegistry meters;
    private final Progress progress;
    private final Clock clock = Clock.systemUTC();

    ScanNews(MeterRegistry meters, Progress progress) {
        this.meters = meters;
        this.progress = progress;
    }

    Timer.Sample begun(ClaimedTask task, KnownImage image) {
        report(task, image, 0, "running", "Scanning");
        return Timer.start(meters);
    }

    void succeeded(ClaimedTask task, KnownImage image, Timer.Sample timer) {
        timer.stop(Timer.builder("longshore.scan.duration")
                .description("From a scan's claim to its findings")
                .tag("registry", image.image().registry())
                .publishPercentileHistogram()
                .register(meters));
        report(task, image, 100, "succeeded", "Scanned");
    }

    void failed(ClaimedTask task, KnownImage image, ScanFailedException failure) {
        var code = failure.code().code();
        LOG.warnf("Scan of %s failed, attempt %d (%s): %s", image.image(), task.attempt(), code, failure.reason());
        count(image, code);
        report(task, image, 0, "running", "Will be tried again: " + failure.reason());
    }

    void notListed(KnownImage image, ScanFailedException failure) {
        var code = failure.code().code();
        LOG.warnf(
                "The components of %s were not listed (%s): %s; its next scan fetches it again",
                image.image(), code, failure.reason());
        count(image, code);
    }

    private void count(KnownImage image, String code) {
        meters.counter("longshore.scan.failures", "registry", image.image().registry(), "code", code)
                .increment();
    }

    private void report(ClaimedTask task, KnownImage image, double percent, String state, String message) {
        var execution = task.execution();
        if (execution != null) {
            progress.report(new ProgressReported(
                    task.project(),
                    execution,
                    task.kind(),
                    image.image().key(),
                    percent,
                    state,
                    message,
                    clock.instant()));
        }
    }
}
