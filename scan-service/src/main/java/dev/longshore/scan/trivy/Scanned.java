package dev.longshore.scan.trivy;

/** What came of an image itself. Its components can be listed from it without fetching the image again. */
public final class Scanned {

    private final Match match;
    private final byte[] report;
    private final ScanTarget target;

    Scanned(Match match, byte[] report, ScanTarget target) {
        this.match = match;
        this.report = report;
        this.target = target;
    }

    public Match match() {
        return match;
    }

    byte[] report() {
        return report;
    }

    ScanTarget target() {
        return target;
    }
}
