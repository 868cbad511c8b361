package dev.longshore.gateway.identity.account.postgres;

import dev.longshore.gateway.identity.account.domain.ApiToken;
import dev.longshore.gateway.identity.account.domain.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is kept of a token. */
@Entity
@Table(name = "api_token")
public class TokenRow {

    @Id
    String id = "";

    String account = "";

    @Column(name = "token_hash")
    String tokenHash = "";

    String prefix = "";

    @Nullable
    String description;

    String projects = "";
    String roles = "";
    String paths = "";

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    @Column(name = "created_by")
    String createdBy = "";

    @Column(name = "expires_at")
    Instant expiresAt = Instant.EPOCH;

    @Column(name = "last_used_at")
    @Nullable
    Instant lastUsedAt;

    protected TokenRow() {}

    static TokenRow of(String account, ApiToken token, Token shown) {
        var row = new TokenRow();
        row.id = shown.id();
        row.account = account;
        row.tokenHash = token.hash();
        row.prefix = token.prefix();
        row.description = shown.description();
        row.projects = String.join("\n", shown.projects());
        row.roles = String.join("\n", shown.roles());
        row.paths = String.join("\n", shown.paths());
        row.createdAt = shown.createdAt();
        row.createdBy = shown.createdBy();
        row.expiresAt = shown.expiresAt();
        return row;
    }

    public Scope scope() {
        return new Scope(
                projects.lines().toList(), roles.lines().toList(), paths.lines().toList());
    }

    /** It never gains time by this. */
    public void expireBy(Instant time) {
        if (time.isBefore(expiresAt)) {
            expiresAt = time;
        }
    }

    public Token token() {
        return Token.of(id, prefix, description, scope(), createdAt, createdBy, expiresAt)
                .usedAt(lastUsedAt);
    }
}
