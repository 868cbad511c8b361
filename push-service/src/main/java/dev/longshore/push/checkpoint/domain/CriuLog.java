package dev.longshore.push.checkpoint.domain;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The first lines of CRIU's log, the only place that names its version and the kernel's. */
record CriuLog(Optional<String> version, Optional<String> kernel) {

    private static final Pattern VERSION = Pattern.compile("\\) Version: (\\S{1,64})");
    private static final Pattern KERNEL = Pattern.compile("\\) Running on \\S{1,255} Linux (\\S{1,128})");

    static CriuLog parse(byte[] head) {
        var text = new String(head, StandardCharsets.UTF_8);
        return new CriuLog(first(VERSION, text), first(KERNEL, text));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).replaceAll("\\p{Cntrl}", "?")) : Optional.empty();
    }
}
