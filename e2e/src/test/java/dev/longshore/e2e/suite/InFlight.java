package dev.longshore.e2e.suite;

import java.util.List;

/** How much a part has taken on and not finished: tasks pending or running, and records that wait to be published. */
public final class InFlight {

    private static final String TASKS = "select count(*) from task where state in ('pending', 'running')";
    private static final String OUTBOX = "select count(*) from outbox";
    private static final List<Part> WORKERS = List.of(Part.GATEWAY, Part.PUSH, Part.SCAN, Part.REPLICATION);

    private final Databases databases;

    public InFlight(Databases databases) {
        this.databases = databases;
    }

    /** @param records in the outbox */
    public record Load(long tasks, long records) {

        public long all() {
            return tasks + records;
        }

        @Override
        public String toString() {
            return tasks + " tasks, " + records + " records";
        }
    }

    /** Of PostgreSQL and the broker, who carry them for all: that of all services. Nothing while it cannot be asked. */
    public Load of(Part part) {
        var services = part.isService() ? List.of(part) : WORKERS;
        return services.stream()
                .map(service -> new Load(count(service, TASKS), count(service, OUTBOX)))
                .reduce(new Load(0, 0), (one, other) -> new Load(one.tasks + other.tasks, one.records + other.records));
    }

    private long count(Part service, String query) {
        return Math.max(0, databases.countIfThere(service, query));
    }
}
