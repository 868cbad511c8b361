package dev.longshore.scan.trivy;

import java.util.Arrays;

/** The components of an image, as CycloneDX JSON. */
public record Bom(byte[] json, String scannerVersion) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Bom that
                && Arrays.equals(json, that.json)
                && scannerVersion.equals(that.scannerVersion);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json);
    }

    @Override
    public String toString() {
        return "Bom[%d bytes, Trivy %s]".formatted(json.length, scannerVersion);
    }
}
