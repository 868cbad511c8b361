package dev.longshore.scan.task;

/** All images, part by part. @param after the last image of the part before, or the empty string */
public record RedecideRequest(String after) {

    public static final String KIND = "redecide";
}
