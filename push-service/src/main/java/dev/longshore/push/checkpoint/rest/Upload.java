package dev.longshore.push.checkpoint.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.push.checkpoint.spool.SpoolFiles;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the archive of a form to the spool as it comes. Whatever is wrong, the body is read to its end: a sender that is
 * cut off in the middle would never see the answer.
 */
final class Upload {

    private static final long LOOK_AT_SPACE_EVERY = 64L << 20;

    private final HttpServerRequest request;
    private final AsyncFile file;
    private final Path part;
    private final SpoolFiles spool;
    private final long largest;
    private final UniEmitter<? super UploadForm> emitter;
    private long size;
    private long lookAtSpaceFrom;
    /** The request, and each file in it: a file that had to wait for the disk ends after the request. */
    private int open = 1;

    private boolean isBroken;

    private @Nullable String name;
    private @Nullable ProblemException refusal;

    Upload(
            HttpServerRequest request,
            AsyncFile file,
            Path part,
            SpoolFiles spool,
            long largest,
            UniEmitter<? super UploadForm> emitter) {
        this.request = request;
        this.file = file;
        this.part = part;
        this.spool = spool;
        this.largest = largest;
        this.emitter = emitter;
    }

    void start() {
        file.exceptionHandler(this::notWritten);
        request.exceptionHandler(this::broken);
        request.endHandler(_ -> ended());
        request.setExpectMultipart(true);
        request.uploadHandler(this::take);
        request.resume();
    }

    private void broken(Throwable failure) {
        isBroken = true;
        file.close()
                .onComplete(_ -> emitter.fail(
                        isNoForm(failure)
                                ? new ProblemException(ErrorCode.INVALID_REQUEST, "The form cannot be read")
                                : failure));
    }

    private static boolean isNoForm(Throwable failure) {
        return failure instanceof HttpPostRequestDecoder.ErrorDataDecoderException;
    }

    private void take(HttpServerFileUpload upload) {
        if (!upload.name().equals(UploadForm.ARCHIVE) || name != null) {
            refuse(ErrorCode.INVALID_REQUEST, "The form has one file, and its field is called 'archive'");
        } else {
            name = upload.filename();
        }
        open++;
        upload.endHandler(_ -> ended());
        upload.handler(bytes -> write(upload, bytes));
    }

    private void ended() {
        if (--open == 0 && !isBroken) {
            file.close().onComplete(closed -> end(closed.cause()));
        }
    }

    private void write(HttpServerFileUpload upload, Buffer bytes) {
        size += bytes.length();
        if (size > largest) {
            refuse(ErrorCode.TOO_LARGE, "The archive is larger than %d bytes".formatted(largest));
        }
        if (size > lookAtSpaceFrom) {
            lookAtSpaceFrom = size + LOOK_AT_SPACE_EVERY;
            lookAtSpace();
        }
        if (refusal != null) {
            return;
        }
        file.write(bytes).onFailure(this::notWritten);
        if (file.writeQueueFull()) {
            upload.pause();
            file.drainHandler(_ -> upload.resume());
        }
    }

    private void lookAtSpace() {
        try {
            if (!spool.hasRoomFor(LOOK_AT_SPACE_EVERY)) {
                refuse(ErrorCode.OUT_OF_SPACE, "The spool has no room for this archive");
            }
        } catch (IOException failure) {
            notWritten(failure);
        }
    }

    private void notWritten(Throwable failure) {
        refuse(ErrorCode.OUT_OF_SPACE, "The archive could not be written to the spool");
    }

    /** The first thing that was wrong is said. */
    private void refuse(ErrorCode code, String detail) {
        if (refusal == null) {
            refusal = new ProblemException(code, detail, List.of(new FieldError("/" + UploadForm.ARCHIVE, detail)));
        }
    }

    private void end(@Nullable Throwable failure) {
        if (failure != null) {
            notWritten(failure);
        }
        if (name == null) {
            refuse(ErrorCode.INVALID_REQUEST, "The form has no file 'archive'");
        }
        try {
            if (refusal != null) {
                throw refusal;
            }
            emitter.complete(UploadForm.of(request, part, String.valueOf(name)));
        } catch (ProblemException problem) {
            emitter.fail(problem);
        }
    }
}
