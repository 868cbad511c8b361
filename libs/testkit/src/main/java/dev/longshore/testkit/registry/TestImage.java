package dev.longshore.testkit.registry;

import java.util.List;
import java.util.stream.Stream;

/** A manifest, the blobs that it names, and, for an index, the images that it names. Pushed in that order: see all(). */
public record TestImage(TestContent manifest, List<TestContent> blobs, List<TestImage> children) {

    public TestImage {
        blobs = List.copyOf(blobs);
        children = List.copyOf(children);
    }

    public String digest() {
        return manifest.digest();
    }

    public String mediaType() {
        return manifest.mediaType();
    }

    /** This image's blobs and those of its children. */
    public List<TestContent> allBlobs() {
        return Stream.concat(blobs.stream(), children.stream().flatMap(child -> child.allBlobs().stream()))
                .distinct()
                .toList();
    }

    /** The children's manifests and then this one's. */
    public List<TestContent> allManifests() {
        return Stream.concat(children.stream().flatMap(child -> child.allManifests().stream()), Stream.of(manifest))
                .distinct()
                .toList();
    }
}
