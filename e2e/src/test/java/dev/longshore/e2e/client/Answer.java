package dev.longshore.e2e.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the API answered. */
public record Answer(int status, String body, HttpHeaders headers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON, with status %d: %s".formatted(status, body), e);
        }
    }

    /** Of a page. */
    public Stream<JsonNode> items() {
        return StreamSupport.stream(json().path("items").spliterator(), false);
    }

    /** The stable code of a problem. */
    public String code() {
        return json().path("code").asText();
    }
}
