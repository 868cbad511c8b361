/** The main job seen from outside: the launcher's own processes, real registries, skopeo and crane as the clients. */
@NullMarked
package dev.longshore.e2e;

import org.jspecify.annotations.NullMarked;
