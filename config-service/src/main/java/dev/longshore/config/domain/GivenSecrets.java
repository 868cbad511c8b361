package dev.longshore.config.domain;

import dev.longshore.config.domain.input.Check;
import dev.longshore.config.domain.input.Fields;
import dev.longshore.config.domain.input.Pem;
import dev.longshore.events.ErrorCode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a secret: the value itself, {@code {"fromFile": …}}, {@code {"fromEnv": …}}, {@code {"set": true}} as answers
 * have it, or null. Messages never quote what was given.
 */
final class GivenSecrets {

    private static final int LONGEST = 16 * 1024;

    static final Check ANY = hidden(Pattern.compile("[^\\p{Cntrl}]+"), "has control characters, or is empty");
    static final Check VISIBLE =
            hidden(Pattern.compile("[\\x21-\\x7e]+"), "is empty, or has spaces or characters beyond ASCII");
    static final Check PRIVATE_KEY = value ->
            Pem.isPrivateKey(value) ? Optional.empty() : Optional.of("The private key is not in PEM, unencrypted");

    private static final Check FILE = Check.matching(
            Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*"),
            "the name of a file in the folder for secrets");
    private static final Check VARIABLE =
            Check.matching(Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}"), "the name of an environment variable");

    private GivenSecrets() {}

    /** What was said; empty if nothing was. */
    static Optional<GivenSecret> read(Fields fields, String name, Check check) {
        if (!fields.isGiven(name)) {
            return Optional.empty();
        }
        if (fields.isNull(name)) {
            return Optional.of(new GivenSecret.Removed());
        }
        return fields.isText(name)
                ? fields.text(name, LONGEST, check).map(GivenSecret.Value::new)
                : fields.object(name, given -> reference(fields, name, given));
    }

    private static Optional<GivenSecret> reference(Fields outer, String name, Fields given) {
        var file = given.text("fromFile", FILE).<GivenSecret>map(GivenSecret.FromFile::new);
        var variable = given.text("fromEnv", VARIABLE).<GivenSecret>map(GivenSecret.FromEnv::new);
        var isSet = given.flag("set", false);
        if (given.isGiven("fromDockerConfig")) {
            given.refuse(
                    "fromDockerConfig",
                    ErrorCode.INVALID_REQUEST,
                    "Secrets from a Docker configuration are not supported yet");
            return Optional.empty();
        }
        var howMany = (file.isPresent() ? 1 : 0) + (variable.isPresent() ? 1 : 0) + (isSet ? 1 : 0);
        if (howMany > 1 || (howMany == 0 && !given.isGiven("set"))) {
            outer.refuse(name, ErrorCode.INVALID_REQUEST, "A secret is a text, or one of fromFile and fromEnv");
        }
        return file.or(() -> variable).or(() -> Optional.of(new GivenSecret.Kept(isSet)));
    }

    private static Check hidden(Pattern pattern, String rule) {
        return value -> pattern.matcher(value).matches() ? Optional.empty() : Optional.of("The secret " + rule);
    }
}
