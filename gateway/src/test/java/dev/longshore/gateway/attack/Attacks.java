package dev.longshore.gateway.attack;

import java.util.List;
import java.util.stream.Stream;

/** The attacks by their kind. */
final class Attacks {

    private static final String SIGNED = "Host: a\r\nAuthorization: Bearer TOKEN\r\n";
    private static final String CLOSE = "Connection: close\r\n";
    private static final String SMUGGLED = "0\r\n\r\nGET /q/metrics HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String INVALID = "invalid-request";
    private static final String NO_BODY = "no body";

    private Attacks() {}

    static Stream<Attack> all() {
        return Stream.of(smuggling(), paths(), heads(), tokens(), webSockets(), operations())
                .flatMap(List::stream);
    }

    static List<Attack> smuggling() {
        return List.of(
                smuggling(
                        "`Content-Length` and `Transfer-Encoding: chunked`",
                        "Content-Length: 3\r\nTransfer-Encoding: chunked",
                        NO_BODY),
                smuggling("two `Content-Length`s that differ", "Content-Length: 3\r\nContent-Length: 4", NO_BODY),
                smuggling("`Content-Length: 3, 4`", "Content-Length: 3, 4", NO_BODY),
                smuggling("`Content-Length: -1`", "Content-Length: -1", NO_BODY),
                smuggling("`Content-Length: +3`", "Content-Length: +3", NO_BODY),
                smuggling("`Content-Length: 0x3`", "Content-Length: 0x3", NO_BODY),
                smuggling("`Transfer-Encoding: identity`", "Transfer-Encoding: identity", INVALID),
                smuggling("`Transfer-Encoding: gzip, chunked`", "Transfer-Encoding: gzip, chunked", INVALID),
                smuggling(
                        "two `Transfer-Encoding`s",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                        INVALID),
                smuggling("`Transfer-Encoding: xchunked`", "Transfer-Encoding: xchunked", INVALID),
                smuggling("two `Host`s", "Host: b\r\nContent-Length: 0", INVALID),
                smuggling("a line feed in a header's name", "X-A\n: b\r\nContent-Length: 0", NO_BODY),
                query("limit=1&limit=2", INVALID),
                query("limit=1&%6cimit=2", INVALID),
                query("limit=%zz", NO_BODY),
                query("limit=%", NO_BODY));
    }

    static List<Attack> paths() {
        return Stream.of(
                        "/api/v1/registries/../../../q/metrics",
                        "/api/v1/registries/%2e%2e/%2e%2e/q/metrics",
                        "/api/v1/registries/a%2fb",
                        "/api/v1/registries/a%252fb",
                        "/api/v1/registries/a%5cb",
                        "/api/v1/registries/a%00b",
                        "/api/v1/registries/%",
                        "//api/v1/registries",
                        "/api/v1//registries",
                        "/api/v1/registries;admin=true",
                        "/api/v1/registries%3badmin=true",
                        "/api/v1/registries\\..\\q",
                        "/webhooks/../api/v1/registries")
                .map(path -> new Attack(
                        "Paths", "`" + path + "`", get(path, SIGNED + CLOSE), 400, isNoPath(path) ? NO_BODY : INVALID))
                .toList();
    }

    static List<Attack> heads() {
        return List.of(
                new Attack("Heads", "100,000 headers", get("/api/v1/registries", SIGNED + many(100_000)), 431, NO_BODY),
                new Attack(
                        "Heads",
                        "one header of 1 MB",
                        get("/api/v1/registries", SIGNED + "X-A: " + megabyte() + "\r\n"),
                        431,
                        NO_BODY),
                new Attack("Heads", "an address of 1 MB", get("/" + megabyte(), SIGNED), 414, NO_BODY),
                new Attack("Heads", "a path of 3,000 characters", get("/" + "a".repeat(3000), SIGNED), 400, INVALID),
                new Attack("Heads", "`TRACE`", "TRACE / HTTP/1.1\r\n" + SIGNED + "\r\n", 405, "method-not-allowed"),
                new Attack(
                        "Heads",
                        "`CONNECT`",
                        "CONNECT 10.0.0.1:80 HTTP/1.1\r\n" + SIGNED + CLOSE + "\r\n",
                        400,
                        NO_BODY),
                new Attack(
                        "Heads",
                        "`Upgrade: h2c`",
                        get(
                                "/nothing",
                                SIGNED + CLOSE.replace("close", "Upgrade, HTTP2-Settings, close")
                                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n"),
                        404,
                        "not-found"));
    }

    static List<Attack> tokens() {
        return List.of(
                new Attack("Tokens", "a token of 1 MB", bearer(megabyte()), 431, NO_BODY),
                new Attack("Tokens", "a token of 15 KB", bearer("a".repeat(15_000)), 401, "unauthenticated"),
                new Attack(
                        "Tokens",
                        "a JWT with `alg: none`",
                        bearer("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsImlzcyI6ImxvbmdzaG9yZS1nYXRld2F5In0."),
                        401,
                        "unauthenticated"),
                new Attack(
                        "Tokens",
                        "two `Authorization`s",
                        get("/api/v1/registries", SIGNED + "Authorization: Bearer TOKEN\r\n" + CLOSE),
                        401,
                        "unauthenticated"),
                new Attack(
                        "Tokens",
                        "`?token=`",
                        get("/api/v1/registries?token=TOKEN", "Host: a\r\n" + CLOSE),
                        400,
                        INVALID),
                new Attack(
                        "Tokens",
                        "`?access_token=`, signed in",
                        get("/api/v1/registries?limit=1&access_token=TOKEN", SIGNED + CLOSE),
                        400,
                        INVALID),
                new Attack(
                        "Tokens",
                        "a token as a cookie",
                        get("/api/v1/registries", "Host: a\r\nCookie: session=TOKEN; token=TOKEN\r\n" + CLOSE),
                        401,
                        "unauthenticated"));
    }

    static List<Attack> webSockets() {
        return List.of(
                new Attack("WebSockets", "without a login", webSocket("/ws/progress", ""), 401, "unauthenticated"),
                new Attack(
                        "WebSockets",
                        "with a token that is none",
                        webSocket("/ws/progress", "Authorization: Bearer lss_none\r\n"),
                        401,
                        "unauthenticated"),
                new Attack(
                        "WebSockets",
                        "with the token in the address",
                        webSocket("/ws/progress?token=TOKEN", ""),
                        400,
                        INVALID),
                new Attack(
                        "WebSockets",
                        "for a page of a foreign origin",
                        webSocket("/ws/progress", "Authorization: Bearer TOKEN\r\nOrigin: https://evil.example\r\n"),
                        403,
                        "forbidden"),
                new Attack(
                        "WebSockets",
                        "for a page without an origin (`null`)",
                        webSocket("/ws/progress", "Authorization: Bearer TOKEN\r\nOrigin: null\r\n"),
                        403,
                        "forbidden"));
    }

    static List<Attack> operations() {
        return Stream.of(
                        "X-Forwarded-For: 127.0.0.1",
                        "Forwarded: for=127.0.0.1",
                        "X-Real-IP: 127.0.0.1",
                        "Via: 1.1 proxy")
                .map(header -> new Attack(
                        "Operations",
                        "`/q/metrics` through a proxy: `" + header + "`",
                        get("/q/metrics", "Host: a\r\n" + header + "\r\n" + CLOSE),
                        404,
                        "not-found"))
                .toList();
    }

    /** Not even the router takes it for one. */
    private static boolean isNoPath(String path) {
        return path.endsWith("%") || path.contains("\\");
    }

    private static Attack query(String query, String why) {
        return new Attack(
                "Smuggling", "`?" + query + "`", get("/api/v1/registries?" + query, SIGNED + CLOSE), 400, why);
    }

    private static Attack smuggling(String sent, String headers, String why) {
        return new Attack(
                "Smuggling",
                sent,
                "POST /api/v1/scans HTTP/1.1\r\n" + SIGNED + headers + "\r\n\r\n" + SMUGGLED,
                400,
                why);
    }

    private static String bearer(String token) {
        return get("/api/v1/registries", "Host: a\r\nAuthorization: Bearer " + token + "\r\n" + CLOSE);
    }

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\n" + headers + "\r\n";
    }

    private static String webSocket(String path, String headers) {
        return get(
                path,
                "Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers);
    }

    private static String many(int count) {
        var headers = new StringBuilder();
        for (var i = 0; i < count; i++) {
            headers.append("X-").append(i).append(": a\r\n");
        }
        return headers.toString();
    }

    private static String megabyte() {
        return "a".repeat(1_000_000);
    }
}
