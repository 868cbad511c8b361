package dev.longshore.testkit.registry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The distribution protocol over a {@link RegistryContent}, well behaved. */
final class ScriptedRoutes {

    private static final Pattern PATH =
            Pattern.compile("/v2/(.+?)/(manifests|blobs/uploads|blobs|tags|referrers)/([^/]*)");
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    private final RegistryContent content;
    private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
    private volatile boolean knowsReferrers = true;
    private volatile int pageSize = 1000;

    ScriptedRoutes(RegistryContent content) {
        this.content = content;
    }

    void forgetReferrers() {
        knowsReferrers = false;
    }

    void pageSize(int names) {
        pageSize = names;
    }

    static String repository(String path) {
        var matcher = PATH.matcher(path);
        return matcher.matches() ? matcher.group(1) : "";
    }

    Reply route(Recorded request, byte[] body) {
        if (request.path().equals("/v2/") || request.path().equals("/v2")) {
            return Reply.json(200, "{}").with("Docker-Distribution-Api-Version", "registry/2.0");
        }
        if (request.path().equals("/v2/_catalog")) {
            return page(request, "{\"repositories\":[%s]}", content.repositories());
        }
        var matcher = PATH.matcher(request.path());
        return matcher.matches() ? route(request, body, matcher) : Reply.of(404);
    }

    private Reply route(Recorded request, byte[] body, Matcher path) {
        var repository = path.group(1);
        var last = URLDecoder.decode(path.group(3), StandardCharsets.UTF_8);
        return switch (path.group(2)) {
            case "manifests" -> manifest(request, repository, last, body);
            case "blobs" -> blob(request, repository, last);
            case "blobs/uploads" -> upload(request, repository, last, body);
            case "tags" ->
                content.exists(repository)
                        ? page(request, "{\"name\":\"" + repository + "\",\"tags\":[%s]}", content.tags(repository))
                        : Reply.error(404, "NAME_UNKNOWN", "repository name not known to registry");
            default -> referrers(repository, last);
        };
    }

    private Reply manifest(Recorded request, String repository, String reference, byte[] body) {
        return switch (request.method()) {
            case "GET", "HEAD" ->
                content.manifest(repository, reference)
                        .map(found -> Reply.of(200, found.mediaType(), found.bytes())
                                .with("Docker-Content-Digest", found.digest()))
                        .orElseGet(() -> Reply.error(404, "MANIFEST_UNKNOWN", "manifest unknown"));
            case "PUT" -> putManifest(request, repository, reference, body);
            case "DELETE" ->
                content.delete(repository, reference)
                        ? Reply.of(202)
                        : Reply.error(404, "MANIFEST_UNKNOWN", "manifest unknown");
            default -> Reply.error(405, "UNSUPPORTED", "not that method");
        };
    }

    private Reply putManifest(Recorded request, String repository, String reference, byte[] body) {
        var manifest = new TestContent(request.header("Content-Type").orElse(""), body);
        if (reference.contains(":") && !reference.equals(manifest.digest())) {
            return Reply.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        if (!content.missing(repository, manifest).isEmpty()) {
            return Reply.error(404, "MANIFEST_BLOB_UNKNOWN", "manifest references a blob unknown to registry");
        }
        content.putManifest(repository, reference, manifest);
        var created = Reply.of(201).with("Docker-Content-Digest", manifest.digest());
        var subject = RegistryContent.subject(manifest);
        return knowsReferrers && subject.isPresent() ? created.with("OCI-Subject", subject.get()) : created;
    }

    private Reply blob(Recorded request, String repository, String digest) {
        var found = content.blob(repository, digest);
        if (found.isEmpty()) {
            return Reply.error(404, "BLOB_UNKNOWN", "blob unknown to registry");
        }
        var whole = Reply.of(200, "application/octet-stream", found.get()).with("Docker-Content-Digest", digest);
        return request.header("Range")
                .map(range -> Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1")))
                .filter(from -> from < found.get().length)
                .map(from -> Reply.of(
                                206,
                                "application/octet-stream",
                                Arrays.copyOfRange(found.get(), from, found.get().length))
                        .with(
                                "Content-Range",
                                "bytes %d-%d/%d".formatted(from, found.get().length - 1, found.get().length)))
                .orElse(whole);
    }

    private Reply upload(Recorded request, String repository, String session, byte[] body) {
        return switch (request.method()) {
            case "POST" -> begin(request, repository);
            case "PATCH" ->
                uploads.computeIfPresent(session, (_, before) -> joined(before, body)) == null
                        ? Reply.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry")
                        : session(repository, session);
            case "PUT" -> finish(request, repository, session, body);
            case "DELETE" -> Reply.of(uploads.remove(session) == null ? 404 : 204);
            default -> Reply.error(405, "UNSUPPORTED", "not that method");
        };
    }

    private Reply begin(Recorded request, String repository) {
        var mount = parameter(request, "mount");
        var from = parameter(request, "from");
        if (mount.isPresent() && from.isPresent()) {
            var found = content.blob(from.get(), mount.get());
            if (found.isPresent()) {
                content.putBlob(repository, mount.get(), found.get());
                return Reply.of(201).with("Docker-Content-Digest", mount.get());
            }
        }
        var session = UUID.randomUUID().toString();
        uploads.put(session, new byte[0]);
        return session(repository, session);
    }

    private Reply finish(Recorded request, String repository, String session, byte[] body) {
        var before = uploads.remove(session);
        if (before == null) {
            return Reply.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
        }
        var whole = joined(before, body);
        var digest = parameter(request, "digest").orElse("");
        if (!digest.equals("sha256:" + TestContent.sha256(whole))) {
            return Reply.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        content.putBlob(repository, digest, whole);
        return Reply.of(201).with("Docker-Content-Digest", digest);
    }

    private static Reply session(String repository, String session) {
        return Reply.of(202)
                .with("Location", "/v2/" + repository + "/blobs/uploads/" + session + "?state=a%3Db")
                .with("Range", "0-0");
    }

    private Reply referrers(String repository, String subject) {
        if (!knowsReferrers) {
            return Reply.of(404, "text/plain", "404 page not found".getBytes(StandardCharsets.UTF_8));
        }
        var listed = String.join(",", content.referrers(repository, subject));
        var index = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}".formatted(OCI_INDEX, listed);
        return Reply.of(200, OCI_INDEX, index.getBytes(StandardCharsets.UTF_8));
    }

    private Reply page(Recorded request, String shape, List<String> names) {
        var last = parameter(request, "last").orElse("");
        var rest = names.stream().filter(name -> name.compareTo(last) > 0).toList();
        var shown = rest.stream().limit(pageSize).toList();
        var listed = shown.stream().map(name -> '"' + name + '"').collect(Collectors.joining(","));
        var reply = Reply.json(200, shape.formatted(listed));
        return rest.size() <= pageSize
                ? reply
                : reply.with(
                        "Link", "<%s?n=%d&last=%s>; rel=\"next\"".formatted(request.path(), pageSize, shown.getLast()));
    }

    private static Optional<String> parameter(Recorded request, String name) {
        return Arrays.stream(request.query().split("&"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> URLDecoder.decode(parameter.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
