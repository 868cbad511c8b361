package dev.longshore.retention.domain.inventory;

import java.util.List;

/**
 * All that is known of one repository.
 *
 * @param doubts what makes it incomplete, each to end the sentence "nothing is deleted, because …": the projection is
 *     behind, or a record could not be read. What is missing within the lists is found without them
 */
public record RepositoryInventory(
        String registry, String repository, List<StoredManifest> manifests, List<StoredTag> tags, List<String> doubts) {

    public RepositoryInventory {
        manifests = List.copyOf(manifests);
        tags = List.copyOf(tags);
        doubts = List.copyOf(doubts);
    }
}
