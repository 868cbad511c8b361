package dev.longshore.scan.domain;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.Reason;
import dev.longshore.oci.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is known about an image when it is decided upon. */
public sealed interface Evidence {

    /** @param newerDatabaseSince since when a vulnerability database is known that the findings were not matched with */
    record Scanned(
            List<Finding> findings,
            Instant scannedAt,
            @Nullable Instant newerDatabaseSince) implements Evidence {
        public Scanned {
            findings = List.copyOf(findings);
        }
    }

    /** No scan has come to an end yet. */
    record Unscanned() implements Evidence {}

    /** The last scan failed, and none before it succeeded. */
    record Failed(FailureCode code, String reason) implements Evidence {}

    /** Not an image: signatures, SBOMs, charts. */
    record NotApplicable(String what) implements Evidence {}

    /** An index; its images have decisions of their own. */
    record Children(List<Child> images) implements Evidence {
        public Children {
            images = List.copyOf(images);
        }
    }

    /** @param decided null until the child has a decision */
    record Child(Digest digest, String platform, @Nullable Decided decided) {}

    /** @param because of the strictest reasons, in one line */
    record Decided(Action action, String because) {

        /** The first reason that led to the action, and how many more did. */
        public static Decided of(Action action, List<Reason> reasons) {
            var decisive =
                    reasons.stream().filter(reason -> reason.action() == action).toList();
            if (decisive.isEmpty()) {
                return new Decided(action, action.name().toLowerCase(Locale.ROOT));
            }
            var more = decisive.size() - 1;
            return new Decided(action, decisive.getFirst().text() + (more == 0 ? "" : ", and %d more".formatted(more)));
        }
    }
}
