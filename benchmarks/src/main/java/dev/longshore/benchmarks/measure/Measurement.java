package dev.longshore.benchmarks.measure;

/** What one run took. */
public record Measurement(double seconds, double cpuSeconds) {}
