package dev.longshore.local.trace;

/** One step of a trace, as a service recorded it; times in nanoseconds since the epoch. */
record Span(
        String id, String parentId, String service, String name, String kind, long begun, long ended, boolean failed) {}
