/** Approvals in the API. */
@NullMarked
package dev.longshore.gateway.approval.rest;

import org.jspecify.annotations.NullMarked;
