package dev.longshore.push.checkpoint.domain;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who made a checkpoint. Archives do not move between engines. */
public enum Engine {
    CRI_O("CRI-O"),
    CONTAINERD("containerd"),
    PODMAN("Podman");

    private final String text;

    Engine(String text) {
        this.text = text;
    }

    /** As the engines spell themselves, and checkpointctl writes them. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
