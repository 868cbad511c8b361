/** The API: /api/v1/registries and the like. */
@NullMarked
package dev.longshore.config.rest;

import org.jspecify.annotations.NullMarked;
