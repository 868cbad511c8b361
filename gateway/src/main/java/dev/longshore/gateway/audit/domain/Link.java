package dev.longshore.gateway.audit.domain;

/**
 * An entry in its place in the chain.
 *
 * @param number 1 for the first, then without a gap
 * @param previous hash of the one before; {@link Seal#NOTHING} for the first
 * @param hash over number, previous hash and entry: anyone can compute it
 * @param mac over the hash: only the gateway can compute it
 */
public record Link(long number, Entry entry, Hash previous, Hash hash, Hash mac) {}
