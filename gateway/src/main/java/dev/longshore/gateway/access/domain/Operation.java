package dev.longshore.gateway.access.domain;

/**
 * One line of the table.
 *
 * @param path as in the OpenAPI document, with its parameters in braces
 * @param isOfInstallation whether the permission has to be held for the whole installation, not in one project
 */
public record Operation(String method, String path, Permission permission, boolean isOfInstallation) {

    /** Whether it changes nothing, by its method (RFC 9110, section 9.2.1). */
    public boolean isSafe() {
        return method.equals("GET") || method.equals("HEAD");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
