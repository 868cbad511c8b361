package dev.longshore.push.checkpoint.domain;

import java.util.List;
import java.util.regex.Pattern;

/** Finds environment variables that look like secrets by their names. A guess, for a warning. */
final class SecretVariables {

    private static final int MOST = 200;
    private static final int LONGEST = 128;
    private static final Pattern SECRET = Pattern.compile(
            "PASS(WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|CREDENTIAL|AUTH|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CONNECTION_?STRING|DSN|COOKIE|SALT",
            Pattern.CASE_INSENSITIVE);

    /** Where a shell was and is, which is no password. */
    private static final List<String> HARMLESS = List.of("PWD", "OLDPWD");

    private SecretVariables() {}

    /** @param environment {@code NAME=value}, as it is in a process's spec */
    static List<String> in(List<String> environment) {
        return environment.stream()
                .map(SecretVariables::name)
                .filter(name -> !HARMLESS.contains(name) && SECRET.matcher(name).find())
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static String name(String variable) {
        int end = variable.indexOf('=');
        var name = end < 0 ? "" : variable.substring(0, Math.min(end, LONGEST));
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
