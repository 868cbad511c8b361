package dev.longshore.scan.domain;

import java.util.Set;

/**
 * An image to be decided upon.
 *
 * @param tags all live tags that lead to it, its own and those of the indexes that it is part of
 */
public record Subject(String project, Image image, Set<String> tags, Evidence evidence) {

    public Subject {
        tags = Set.copyOf(tags);
    }
}
