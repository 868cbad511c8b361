package dev.longshore.gateway.identity.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.gateway.identity.KnownGrants;
import dev.longshore.gateway.identity.Proofs;
import dev.longshore.gateway.identity.account.domain.ApiToken;
import dev.longshore.gateway.identity.account.postgres.TokenStore;
import dev.longshore.gateway.identity.account.postgres.TokenStore.Known;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import dev.longshore.kit.work.Background;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Knows service accounts by their tokens. */
@ApplicationScoped
public class ApiTokens implements Proofs {

    private static final String NAME = "service-account/";
    private static final int REMEMBERED = 10_000;

    private final TokenStore store;
    private final KnownGrants grants;
    private final Background background;
    private final Clock clock = Clock.systemUTC();
    /** By the token's hash. Also knows for a moment which tokens are none. */
    private final Cache<String, Optional<Identity>> remembered;

    ApiTokens(TokenStore store, KnownGrants grants, Background background, TokensConfig config) {
        this.store = store;
        this.grants = grants;
        this.background = background;
        this.remembered = Caffeine.newBuilder()
                .expireAfterWrite(config.remembered())
                .maximumSize(REMEMBERED)
                .build();
    }

    @Override
    public String kind() {
        return "token";
    }

    @Override
    public boolean areLike(String token) {
        return ApiToken.isPlausible(token);
    }

    @Override
    public Uni<Optional<Identity>> find(String token) {
        var hash = new ApiToken(token).hash();
        var known = remembered.getIfPresent(hash);
        var found = known != null ? Uni.createFrom().item(known) : lookUp(hash);
        return found.map(identity -> identity.filter(each -> each.expiresAt().isAfter(clock.instant())));
    }

    /** What is remembered of an account's tokens, and of those that were nobody's, is looked up again. Other gateways do so within a few seconds by themselves. */
    void forget(String account) {
        remembered
                .asMap()
                .values()
                .removeIf(identity -> identity.filter(each -> !each.name().equals(NAME + account))
                        .isEmpty());
    }

    private Uni<Optional<Identity>> lookUp(String hash) {
        return store.find(hash)
                .invoke(found -> found.filter(Known::isToBeMarked).ifPresent(this::markUsed))
                .chain(found -> found.map(this::identity)
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                .invoke(identity -> remembered.put(hash, identity));
    }

    /** Never more than its account may do by now. */
    private Uni<Optional<Identity>> identity(Known token) {
        return grants.of(Kind.SERVICE_ACCOUNT, token.account(), Set.of(), token.ofAccount())
                .map(ofAccount -> Optional.of(new Identity(
                        token.id(),
                        Kind.SERVICE_ACCOUNT,
                        NAME + token.account(),
                        token.scope().bound(ofAccount),
                        token.scope().paths(),
                        token.expiresAt())));
    }

    private void markUsed(Known token) {
        background.start("note that a token was used", () -> store.markUsed(token.id()));
    }
}
