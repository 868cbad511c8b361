package dev.longshore.testkit.server;

/** A running server that ends with this JVM at the latest. */
public interface Server extends AutoCloseable {

    boolean isAlive();

    @Override
    void close();
}
