package dev.longshore.oci;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an image runs on. Written {@code os/architecture[/variant]}, as the clients do. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonPropertyOrder({"architecture", "os", "os.version", "variant"})
public record Platform(
        String os,
        String architecture,
        @Nullable String variant,
        @JsonProperty("os.version") @Nullable String osVersion) {

    public Platform {
        // Some old manifest lists leave one out; the specification requires both.
        os = os == null ? "" : os;
        architecture = architecture == null ? "" : architecture;
    }

    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, null, null);
    }

    /** From {@code linux/amd64} or {@code linux/arm64/v8}. */
    public static Platform parse(String value) {
        var parts = value.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || Stream.of(parts).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "The platform %s is not os/architecture or os/architecture/variant".formatted(Names.quote(value)));
        }
        return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : null, null);
    }

    /** Whether an image for {@code other} is asked for by this: what this leaves open, any value fills. */
    public boolean covers(Platform other) {
        return os.equals(other.os)
                && architecture.equals(other.architecture)
                && (variant == null || variant.equals(other.variant))
                && (osVersion == null || osVersion.equals(other.osVersion));
    }

    @Override
    public String toString() {
        return Stream.of(os, architecture, variant == null ? "" : variant)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
    }
}
