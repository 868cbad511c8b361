package dev.longshore.local;

import java.nio.file.Path;
import java.util.Map;

/** What the environment says about where things lie and listen. */
record Settings(Map<String, String> environment) {

    /** What is unpacked or built once per user: {@code LONGSHORE_CACHE}, by default under the user's cache folder. */
    static Path cache(Map<String, String> environment) {
        var named = environment.get("LONGSHORE_CACHE");
        if (named != null && !named.isBlank()) {
            return Path.of(named).toAbsolutePath();
        }
        var xdg = environment.get("XDG_CACHE_HOME");
        var parent = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return parent.resolve("longshore").toAbsolutePath();
    }
}
