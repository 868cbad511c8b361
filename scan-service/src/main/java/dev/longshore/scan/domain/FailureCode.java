package dev.longshore.scan.domain;

import java.util.Locale;

/** Why a scan failed. The codes are API: they are in events and answers, and explained in docs/scanning.md. */
public enum FailureCode {
    IMAGE_MISSING,
    LAYER_MISSING,
    REGISTRY_REFUSED,
    REGISTRY_UNREACHABLE,
    REGISTRY_INVALID,
    DIGEST_MISMATCH,
    SCANNER_MISSING,
    SCANNER_UNSUPPORTED,
    SCANNER_FAILED,
    SCANNER_TIMED_OUT,
    DATABASE_UNAVAILABLE;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static FailureCode of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
