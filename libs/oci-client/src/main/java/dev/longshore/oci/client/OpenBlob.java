package dev.longshore.oci.client;

import dev.longshore.oci.Digest;
import dev.longshore.oci.client.transport.Answer;
import dev.longshore.oci.client.transport.ResponseBody;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MultiHelper;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/** A blob in the answer to a GET. */
final class OpenBlob implements BlobStream {

    private final OptionalLong size;
    private final long offset;
    private final VerifiedContent content;

    OpenBlob(String action, Digest digest, Answer answer, ResponseBody body, long asked, Runnable whenOver) {
        this.offset = answer.status() == 206 ? asked : 0;
        this.size = answer.contentLength().map(OptionalLong::of).orElse(OptionalLong.empty());
        this.content =
                new VerifiedContent(body, action, offset == 0 ? digest : null, size.orElse(-1), body::cut, whenOver);
    }

    VerifiedContent verified() {
        return content;
    }

    @Override
    public OptionalLong size() {
        return size;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public Multi<Buffer> content() {
        return MultiHelper.toMulti(content).onCancellation().invoke(this::cancel);
    }

    @Override
    public Uni<Void> pipeTo(WriteStream<Buffer> target) {
        return UniHelper.toUni(content.pipe().endOnFailure(false).to(target))
                .onCancellation()
                .invoke(this::cancel);
    }

    @Override
    public ReadStream<Buffer> stream() {
        return content;
    }

    @Override
    public void cancel() {
        content.abandon(new CancellationException("Nobody reads the blob any more"));
    }
}
