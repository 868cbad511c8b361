package dev.longshore.gateway.audit.domain;

import java.time.Instant;

/** That the chain had this head when it had so many entries. */
public record Checkpoint(long count, Hash head, Instant at) {}
