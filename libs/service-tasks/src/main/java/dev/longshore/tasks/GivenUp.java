package dev.longshore.tasks;

/** Why a task ended as failed. */
public record GivenUp(String code, String reason) {}
