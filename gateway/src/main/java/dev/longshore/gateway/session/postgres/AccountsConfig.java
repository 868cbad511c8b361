package dev.longshore.gateway.session.postgres;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Who may sign in. */
@ConfigMapping(prefix = "longshore.accounts")
public interface AccountsConfig {

    /** Where the first administrator's password is, or is written to at the first start. */
    Path adminPasswordFile();
}
