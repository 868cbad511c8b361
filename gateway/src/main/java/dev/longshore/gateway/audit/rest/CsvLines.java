package dev.longshore.gateway.audit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.gateway.audit.postgres.AuditEntry;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Entries as lines of CSV (RFC 4180), which no spreadsheet takes for formulas. */
final class CsvLines {

    static final String HEAD =
            "id,occurredAt,project,service,actor,address,token,action,resource,result,detail,before,after,traceId\r\n";

    private CsvLines() {}

    static String line(AuditEntry entry) {
        return Arrays.asList(
                                entry.id(),
                                entry.occurredAt().toString(),
                                entry.project(),
                                entry.service(),
                                entry.actor(),
                                entry.address(),
                                entry.token(),
                                entry.action(),
                                entry.resource(),
                                entry.result(),
                                entry.detail(),
                                json(entry.before()),
                                json(entry.after()),
                                entry.traceId())
                        .stream()
                        .map(CsvLines::field)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    /** What a spreadsheet would compute gets an apostrophe before it; also where spaces stand before. */
    static String field(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        var begin = text.stripLeading();
        var isFormula =
                !begin.isEmpty() && "=+-@".indexOf(begin.charAt(0)) >= 0 || "\t\r\n".indexOf(text.charAt(0)) >= 0;
        var safe = isFormula ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    private static @Nullable String json(@Nullable JsonNode node) {
        return node == null ? null : node.toString();
    }
}
