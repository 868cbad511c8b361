package dev.longshore.sabotage.rest;

import dev.longshore.sabotage.domain.Decision;

/** The other half of a cycle. */
public final class SabotageResource {

    public String path(Decision decision) {
        return "/decisions/" + decision;
    }
}
