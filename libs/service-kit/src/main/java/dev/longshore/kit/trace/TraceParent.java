package dev.longshore.kit.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The W3C {@code traceparent} as text, so that a trace survives being stored in a row. */
public final class TraceParent {

    private static final String HEADER = "traceparent";
    private static final TextMapGetter<Map<String, String>> MAP = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    };

    private TraceParent() {}

    /** Of what is running now; empty outside a trace. */
    public static String current() {
        var found = new AtomicReference<>("");
        W3CTraceContextPropagator.getInstance().inject(Context.current(), found, (carrier, key, value) -> {
            if (carrier != null && key.equals(HEADER)) {
                carrier.set(value);
            }
        });
        return found.get();
    }

    /** Id of the trace that is running now; empty outside a trace. */
    public static Optional<String> traceId() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? Optional.of(span.getTraceId()) : Optional.empty();
    }

    /** The context to go on in; the root context for an empty or unreadable text. */
    public static Context context(@Nullable String traceParent) {
        var headers = traceParent == null ? Map.<String, String>of() : Map.of(HEADER, traceParent);
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, MAP);
    }
}
