package dev.longshore.testkit.registry;

import com.password4j.BcryptFunction;
import com.password4j.Password;
import com.password4j.types.Bcrypt;

/** One line of an htpasswd file; Distribution takes bcrypt only. */
final class Htpasswd {

    private static final int CHEAPEST = 4;

    private Htpasswd() {}

    static String line(String username, String password) {
        var hashed = Password.hash(password).with(BcryptFunction.getInstance(Bcrypt.B, CHEAPEST));
        return username + ":" + hashed.getResult();
    }
}
