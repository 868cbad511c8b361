package dev.longshore.gateway.session.postgres;

/** Someone who may sign in. */
public record Account(String username, String passwordHash, String role) {}
