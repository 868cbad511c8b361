package dev.longshore.push.checkpoint.task;

import dev.longshore.kit.http.Caller;
import dev.longshore.push.checkpoint.postgres.Checkpoints;
import dev.longshore.push.checkpoint.spool.CheckpointConfig;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Adds the execution, its task and what will be shown of both, in one transaction. */
@ApplicationScoped
public class EnqueuePush {

    private static final String PREFIX = "psh";

    private final Mutiny.SessionFactory sessions;
    private final Tasks tasks;
    private final Checkpoints checkpoints;
    private final Caller caller;
    private final int attempts;

    EnqueuePush(
            Mutiny.SessionFactory sessions,
            Tasks tasks,
            Checkpoints checkpoints,
            Caller caller,
            CheckpointConfig config) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.checkpoints = checkpoints;
        this.caller = caller;
        this.attempts = config.archive().attempts();
    }

    /**
     * Where the archive is.
     *
     * @param kind {@code upload} or {@code path}
     * @param name as whoever brought it calls it
     */
    public record Source(String kind, String file, String name) {}

    /** Emits the id of the checkpoint, which is that of its execution. */
    public Uni<String> enqueue(
            String project,
            String registry,
            String address,
            @Nullable String repository,
            @Nullable String tag,
            Source source) {
        // Read here: the transaction goes on after the request's context may have ended.
        var request = new PushRequest(
                registry,
                repository,
                tag,
                source.kind().equals("upload"),
                source.file(),
                caller.name(),
                caller.address().orElse(null),
                caller.token().orElse(null));
        return sessions.withTransaction((session, _) -> tasks.newExecution(
                        session, PREFIX, project, PushRequest.KIND, source.name(), request.requestedBy())
                .call(id -> checkpoints.add(
                        session,
                        new Checkpoints.New(
                                id,
                                project,
                                registry,
                                repository,
                                tag,
                                address,
                                source.kind(),
                                source.file(),
                                source.name(),
                                request.requestedBy())))
                .call(id -> tasks.enqueue(
                        session,
                        NewTask.of(PushRequest.KIND, project, request)
                                .withExecution(id)
                                .withMaxAttempts(attempts))));
    }
}
