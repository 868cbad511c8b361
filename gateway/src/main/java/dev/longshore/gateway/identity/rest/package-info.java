/** What the resources of several kinds of identities do alike. */
@NullMarked
package dev.longshore.gateway.identity.rest;

import org.jspecify.annotations.NullMarked;
