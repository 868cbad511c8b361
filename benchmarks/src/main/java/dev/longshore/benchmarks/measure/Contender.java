package dev.longshore.benchmarks.measure;

import java.util.concurrent.Callable;

/** Somebody who can do the work. */
public record Contender(String name, Callable<Measurement> work) {}
