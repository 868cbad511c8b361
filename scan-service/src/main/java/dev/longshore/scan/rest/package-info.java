/** The service's part of the API: scans, findings, SBOMs, decisions. */
@NullMarked
package dev.longshore.scan.rest;

import org.jspecify.annotations.NullMarked;
