package dev.longshore.gateway.identity.domain;

/** What people put on a name of their choice, into a project. */
public interface Named {

    String name();

    String project();

    long version();
}
