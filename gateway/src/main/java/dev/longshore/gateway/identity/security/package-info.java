/** Takes the proof out of a request, and gives Quarkus the identity that it proves. */
@NullMarked
package dev.longshore.gateway.identity.security;

import org.jspecify.annotations.NullMarked;
