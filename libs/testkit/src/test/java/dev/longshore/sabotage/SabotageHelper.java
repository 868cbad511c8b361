package dev.longshore.sabotage;

/** Breaks a rule by its name alone. */
public final class SabotageHelper {}
