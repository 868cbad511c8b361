package dev.longshore.push.postgres;

import java.time.Instant;

/** A notification of a registry, as the gateway stored it. */
public record Delivery(String id, String project, String registry, Instant receivedAt) {}
