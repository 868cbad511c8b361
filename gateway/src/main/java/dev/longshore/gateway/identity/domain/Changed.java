package dev.longshore.gateway.identity.domain;

/** What became of something that was put. */
public record Changed<T>(T now, boolean isNew) {}
