package dev.longshore.push.checkpoint.task;

import dev.longshore.oci.ImageReference;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.push.checkpoint.domain.CheckpointImage;
import dev.longshore.push.checkpoint.domain.DefaultName;
import dev.longshore.push.checkpoint.domain.ReadArchive;
import dev.longshore.push.checkpoint.spool.CheckpointConfig;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.GivenUp;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads an archive, makes an image of it and pushes that. Done again after a crash it comes to the same image. */
@ApplicationScoped
class PushCheckpoint implements TaskHandler {

    private final Targets targets;
    private final ReadCheckpoint reading;
    private final PushImage pushing;
    private final PushOutcomes outcomes;
    private final CheckpointProgress progress;
    private final CheckpointConfig config;

    PushCheckpoint(
            Targets targets,
            ReadCheckpoint reading,
            PushImage pushing,
            PushOutcomes outcomes,
            CheckpointProgress progress,
            CheckpointConfig config) {
        this.targets = targets;
        this.reading = reading;
        this.pushing = pushing;
        this.outcomes = outcomes;
        this.progress = progress;
        this.config = config;
    }

    @Override
    public String kind() {
        return PushRequest.KIND;
    }

    @Override
    public int concurrency() {
        return config.archive().concurrency();
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var request = task.payload(PushRequest.class);
        progress.at(task, request, CheckpointProgress.BEGUN, "begun");
        return targets.client(task, lease, request.registry())
                .chain(client -> push(task, lease, request, client))
                .onFailure()
                .transform(failure -> PushFailures.toTaskFailure(failure, task.attempt()))
                .onFailure(GiveUp.class)
                .call(() -> reading.discard(request))
                .call(() -> reading.discard(request));
    }

    @Override
    public Uni<Void> givenUp(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        return outcomes.failed(session, task, task.payload(PushRequest.class), why);
    }

    private Uni<Void> push(ClaimedTask task, Lease lease, PushRequest request, RegistryClient client) {
        return client.ping()
                .invoke(() ->
                        progress.at(task, request, CheckpointProgress.REGISTRY_REACHED, "the registry is reached"))
                .chain(() -> reading.read(request, part -> wasRead(task, request, part)))
                .chain(found -> {
                    var target = target(request, found.archive());
                    return targets.requireOwn(task, target)
                            .chain(() -> outcomes.read(task, found.archive(), target))
                            .chain(() -> push(task, lease, request, client, target, found));
                });
    }

    private Uni<Void> push(
            ClaimedTask task,
            Lease lease,
            PushRequest request,
            RegistryClient client,
            ImageReference target,
            ReadCheckpoint.Found found) {
        var image = CheckpointImage.of(found.archive());
        progress.at(task, request, CheckpointProgress.IMAGE_MADE, "the image is made");
        return pushing.push(
                        client,
                        (Reference.Tagged) target.reference(),
                        image,
                        found.file(),
                        part -> wasSent(task, request, part))
                .chain(() -> outcomes.pushed(task, lease, request, target, found.archive(), image));
    }

    private static ImageReference target(PushRequest request, ReadArchive archive) {
        return ImageReference.tagged(
                request.registry(),
                Optional.ofNullable(request.repository()).orElseGet(() -> DefaultName.repository(archive.checkpoint())),
                Optional.ofNullable(request.tag()).orElseGet(() -> DefaultName.tag(archive)));
    }

    private void wasRead(ClaimedTask task, PushRequest request, double part) {
        progress.between(
                task,
                request,
                CheckpointProgress.REGISTRY_REACHED,
                CheckpointProgress.READ,
                part,
                "reading the archive");
    }

    private void wasSent(ClaimedTask task, PushRequest request, double part) {
        progress.between(
                task, request, CheckpointProgress.UPLOADING, CheckpointProgress.UPLOADED, part, "pushing the layer");
    }
}
