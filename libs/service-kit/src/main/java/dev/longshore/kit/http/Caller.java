package dev.longshore.kit.http;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who asks, as the gateway's internal token says. */
@RequestScoped
public class Caller {

    private final JsonWebToken token;

    Caller(JsonWebToken token) {
        this.token = token;
    }

    /** The user's name. */
    public String name() {
        return Optional.ofNullable(token.getSubject()).orElse("anonymous");
    }

    /** From where, as the gateway saw it. */
    public Optional<String> address() {
        return token.<String>claim("addr");
    }

    /** The id of the internal token, which the gateway's audit entries know too. */
    public Optional<String> token() {
        return Optional.ofNullable(token.getTokenID());
    }
}
