package dev.longshore.gateway.identity.domain;

/** Who does something, and from where. */
public record Actor(Identity identity, String address) {}
