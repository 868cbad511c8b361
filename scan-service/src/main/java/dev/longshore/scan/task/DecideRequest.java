package dev.longshore.scan.task;

/** @param image to be decided upon, as {@code registry/repository@digest} */
public record DecideRequest(String image) {

    public static final String KIND = "decide";
}
