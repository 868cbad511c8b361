package dev.longshore.gateway.snap.domain;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The steps of a push as SNAP tells them. Reports come at most once a second, and may be lost: a step that was passed
 * unseen is told with the next, so that a caller sees each once, in order.
 */
public final class SnapProgress {

    public static final String TASK_NAME = "Create and Push Checkpoint Container";
    public static final String FAILED = "failed";
    private static final double DONE = 100;

    private static final List<Step> STEPS = List.of(
            new Step(12.5, "Begun"),
            new Step(15, "Registry reached"),
            new Step(25, "Reading the archive"),
            new Step(37.5, "Reading the archive"),
            new Step(50, "Reading the archive"),
            new Step(60, "Archive read"),
            new Step(62.5, "Image made"),
            new Step(75, "Pushing the image"),
            new Step(80, "Pushing the image"),
            new Step(87.5, "Pushing the image"),
            new Step(DONE, "Done"));

    private int told;

    private record Step(double percent, String message) {}

    /** @param progress a number, or {@value #FAILED} */
    public record Message(Object progress, String message) {}

    /** What is to be told now. */
    public List<Message> advance(double percent, String state, String message) {
        if (state.equals("failed") || state.equals("stopped")) {
            return List.of(new Message(FAILED, message));
        }
        var reached = state.equals("succeeded") ? DONE : Math.min(percent, DONE - 1);
        var until =
                (int) STEPS.stream().filter(step -> step.percent() <= reached).count();
        var news = IntStream.range(told, Math.max(told, until))
                .mapToObj(STEPS::get)
                .map(step -> new Message(step.percent(), step.percent() == DONE ? message : step.message()))
                .toList();
        told = Math.max(told, until);
        return news;
    }
}
