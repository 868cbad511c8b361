package dev.longshore.config.domain.input;

import dev.longshore.events.ErrorCode;

/**
 * One thing that is wrong.
 *
 * @param pointer JSON pointer (RFC 6901) into what was given; empty for the whole of it
 * @param detail a sentence for people, without secrets
 */
public record Violation(ErrorCode code, String pointer, String detail) {}
