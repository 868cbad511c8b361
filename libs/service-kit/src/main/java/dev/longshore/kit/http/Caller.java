package dev.longshore.kit.http;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** What the table of permissions said of this request. A token that says nothing opens nothing. */
    public Access access() {
        return new Access(names("visible"), names("permitted"));
    }

    /** The id of the internal token, which the gateway's audit entries know too. */
    public Optional<String> token() {
        return Optional.ofNullable(token.getTokenID());
    }

    private Set<String> names(String claim) {
        return token.<Collection<?>>claim(claim).orElse(Set.of()).stream()
                .map(name -> name instanceof JsonString string ? string.getString() : String.valueOf(name))
                .collect(Collectors.toUnmodifiableSet());
    }
}
