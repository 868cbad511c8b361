package dev.longshore.gateway.identity.account.postgres;

import dev.longshore.gateway.identity.domain.Named;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A machine's account, as it is shown.
 *
 * @param project whose administrators it belongs to
 * @param roles by project; {@code *} is the whole installation
 */
public record ServiceAccount(
        String name,
        String project,
        @Nullable String description,
        Map<String, List<String>> roles,
        boolean isDisabled,
        long version,
        Instant createdAt,
        Instant updatedAt,
        String updatedBy)
        implements Named {

    @Override
    public Set<String> projects() {
        var all = new TreeSet<>(roles.keySet());
        all.add(project);
        return all;
    }

    @Override
    public Map<String, Object> audited() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("name", name);
        shown.put("project", project);
        shown.put("roles", roles);
        shown.put("isDisabled", isDisabled);
        shown.put("version", version);
        return Map.copyOf(shown);
    }
}
