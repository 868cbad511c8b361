package dev.longshore.config.rest;

import dev.longshore.config.domain.input.InvalidSpecException;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.Problem;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers what cannot be configured with everything that is wrong about it. */
class SpecProblems {

    @ServerExceptionMapper
    Response invalid(InvalidSpecException failure) {
        var errors = failure.violations().stream()
                .map(violation -> new FieldError(violation.pointer(), violation.detail()))
                .toList();
        return Problem.of(failure.code(), String.valueOf(failure.getMessage()), errors)
                .toResponse();
    }
}
