package dev.longshore.testkit.server;

/** Talking with a server by its standard input and output. It ends when its input does. */
public interface Conversation extends AutoCloseable {

    /** The next line that it says; waits for it. When it has ended, fails with what it complained of. */
    String hear();

    void say(String line);

    @Override
    void close();
}
