/** Tokens that others sign: their keys, fetched with care, and whether a token is good. */
@NullMarked
package dev.longshore.gateway.identity.jwt;

import org.jspecify.annotations.NullMarked;
