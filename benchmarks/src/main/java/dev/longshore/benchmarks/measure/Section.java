package dev.longshore.benchmarks.measure;

import java.util.List;
import java.util.Map;

/** One thing measured: figures, other facts about it, and what was aimed at. */
public record Section(String title, List<Row> rows, Map<String, String> facts, List<Aim> aims) {}
