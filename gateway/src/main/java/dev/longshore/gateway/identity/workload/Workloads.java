package dev.longshore.gateway.identity.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.identity.Proofs;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import dev.longshore.gateway.identity.jwt.Issuers;
import dev.longshore.gateway.identity.jwt.IssuersConfig;
import dev.longshore.gateway.identity.jwt.SignedToken;
import dev.longshore.gateway.identity.jwt.SignedToken.Claims;
import dev.longshore.gateway.identity.workload.domain.TrustRule;
import dev.longshore.gateway.identity.workload.postgres.TrustRuleStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Knows workloads by tokens that their platform signed, if a trust rule means them. */
@ApplicationScoped
public class Workloads implements Proofs {

    private static final String RULES = "rules";
    private static final int REMEMBERED = 10_000;
    private static final int ID_DIGITS = 16;

    private final TrustRuleStore store;
    private final Issuers issuers;
    private final IssuersConfig issuersConfig;
    private final WorkloadsConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Cache<String, List<TrustRule>> rules;
    /** By the token's hash. Also knows for a moment which tokens are none. */
    private final Cache<String, Optional<Identity>> remembered;

    Workloads(TrustRuleStore store, Issuers issuers, IssuersConfig issuersConfig, WorkloadsConfig config) {
        this.store = store;
        this.issuers = issuers;
        this.issuersConfig = issuersConfig;
        this.config = config;
        this.rules = Caffeine.newBuilder()
                .expireAfterWrite(config.remembered())
                .maximumSize(1)
                .build();
        this.remembered = Caffeine.newBuilder()
                .expireAfterWrite(config.remembered())
                .maximumSize(REMEMBERED)
                .build();
    }

    @Override
    public String kind() {
        return "workload";
    }

    @Override
    public boolean areLike(String token) {
        return SignedToken.isLike(token);
    }

    @Override
    public Uni<Optional<Identity>> find(String token) {
        var hash = hash(token);
        var known = remembered.getIfPresent(hash);
        var found = known != null
                ? Uni.createFrom().item(known)
                : lookAt(token, hash).invoke(identity -> remembered.put(hash, identity));
        return found.map(identity -> identity.filter(each -> each.expiresAt().isAfter(clock.instant())));
    }

    /** After a rule was changed. Other gateways read the rules again within a few seconds by themselves. */
    void forget() {
        rules.invalidateAll();
        remembered.invalidateAll();
    }

    private Uni<Optional<Identity>> lookAt(String token, String hash) {
        return SignedToken.parse(token)
                .map(signed -> rules().map(all -> of(signed.issuer(), all))
                        .chain(trusting -> trusting.isEmpty()
                                ? nobody()
                                : verified(signed)
                                        .map(claims -> claims.flatMap(each -> identity(each, trusting, hash)))))
                .orElseGet(Workloads::nobody);
    }

    /** Whoever's keys cannot be had is nobody for the moment; the log says why. */
    private Uni<Optional<Claims>> verified(SignedToken token) {
        return issuers.provider(token.issuer(), token.keyId(), config.allowPrivateAddresses())
                .map(provider -> token.verified(provider.keys(), clock.instant(), issuersConfig.leeway()))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    /** All that the rules that mean it allow; named after the first of them. */
    private static Optional<Identity> identity(Claims claims, List<TrustRule> trusting, String hash) {
        var meant =
                trusting.stream().filter(rule -> rule.matches(claims.values())).toList();
        return meant.stream()
                .findFirst()
                .map(first -> new Identity(
                        "wl-" + hash.substring(0, ID_DIGITS),
                        Kind.WORKLOAD,
                        "workload/%s/%s"
                                .formatted(
                                        first.name(),
                                        first.subject(claims.values()).orElse("")),
                        meant.stream().map(TrustRule::grants).reduce(Grants.NONE, Grants::and),
                        List.of(),
                        claims.expiresAt()));
    }

    private Uni<List<TrustRule>> rules() {
        var known = rules.getIfPresent(RULES);
        return known != null ? Uni.createFrom().item(known) : store.all().invoke(all -> rules.put(RULES, all));
    }

    private static List<TrustRule> of(String issuer, List<TrustRule> all) {
        return all.stream().filter(rule -> rule.issuer().equals(issuer)).toList();
    }

    private static Uni<Optional<Identity>> nobody() {
        return Uni.createFrom().item(Optional.empty());
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
