package dev.longshore.kit.secrets;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the keys lie, and from where credentials by reference may come. */
@ConfigMapping(prefix = "longshore.secrets")
public interface SecretsConfig {

    /** Tink keyset (JSON, encrypted) with the data keys. */
    Path keyset();

    /** File with the key that encrypts the keyset: 32 bytes in Base64. */
    Path keyEncryptionKey();

    /** The only folder that {@code fromFile} may name files in. */
    Path folder();

    /** What the name of an environment variable that {@code fromEnv} names must begin with. */
    @WithDefault("LONGSHORE_SECRET_")
    String environmentPrefix();
}
