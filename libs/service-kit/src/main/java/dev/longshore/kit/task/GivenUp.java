package dev.longshore.kit.task;

/** Why a task ended as failed. */
public record GivenUp(String code, String reason) {}
