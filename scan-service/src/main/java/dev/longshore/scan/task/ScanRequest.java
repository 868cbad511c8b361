package dev.longshore.scan.task;

/** A digest to be scanned, wherever it lies. */
public record ScanRequest(String digest) {

    public static final String KIND = "scan";
}
