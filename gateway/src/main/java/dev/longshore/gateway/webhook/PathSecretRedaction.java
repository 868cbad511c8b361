package dev.longshore.gateway.webhook;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/** Keeps the secret of {@code /webhooks/{registry}/{secret}} out of traces. */
@Singleton
class PathSecretRedaction implements SpanProcessor {

    private static final Pattern SECRET_IN_PATH = Pattern.compile("(/webhooks/[^/?]+/)[^?]+");
    private static final List<AttributeKey<String>> ADDRESSES = List.of(
            AttributeKey.stringKey("url.path"),
            AttributeKey.stringKey("url.full"),
            AttributeKey.stringKey("http.target"),
            AttributeKey.stringKey("http.url"));

    static String redacted(String address) {
        return SECRET_IN_PATH.matcher(address).replaceFirst("$1…");
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (var key : ADDRESSES) {
            var address = span.getAttribute(key);
            if (address != null && address.contains("/webhooks/")) {
                span.setAttribute(key, redacted(address));
            }
        }
        if (span.getName().contains("/webhooks/")) {
            span.updateName(redacted(span.getName()));
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
