package dev.longshore.scan.trivy;

import java.util.Optional;
import java.util.regex.Pattern;

/** A version of Trivy; reports of those supported have the shape that {@link TrivyReports} reads. */
record TrivyVersion(int major, int minor, String text) {

    static final String SUPPORTED = "0.65 to 0.79";

    private static final Pattern LINE = Pattern.compile("(?m)^Version: v?((\\d{1,6})\\.(\\d{1,6})\\.\\S+)");
    private static final int OLDEST_MINOR = 65;
    private static final int NEWEST_MINOR = 79;

    /** From what {@code trivy --version} prints. */
    static Optional<TrivyVersion> parse(String printed) {
        var found = LINE.matcher(printed);
        return found.find()
                ? Optional.of(new TrivyVersion(
                        Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)), found.group(1)))
                : Optional.empty();
    }

    boolean isSupported() {
        return major == 0 && minor >= OLDEST_MINOR && minor <= NEWEST_MINOR;
    }
}
