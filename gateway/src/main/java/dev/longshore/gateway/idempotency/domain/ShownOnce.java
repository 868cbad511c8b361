package dev.longshore.gateway.idempotency.domain;

/** An answer that holds a secret: it is given once, and kept nowhere. */
public interface ShownOnce {

    /** What was made and what to do if the answer was lost, for who asks again. */
    String toWhoAsksAgain();
}
