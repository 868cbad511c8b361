package dev.longshore.registries;

import java.util.List;

/**
 * What a webhook's body held.
 *
 * @param skipped how many events were understood and say nothing of interest: blobs, mounts, HEADs
 */
public record ParsedNotifications(List<Notification> notifications, List<Unusable> unusable, int skipped) {

    public ParsedNotifications {
        notifications = List.copyOf(notifications);
        unusable = List.copyOf(unusable);
    }

    /** An event that could not be understood; the others of its body were. {@code eventId} is empty if it had none. */
    public record Unusable(String eventId, String reason) {}
}
