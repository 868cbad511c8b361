package dev.longshore.gateway.door.connection;

/** Whether something has been slower than it may be for longer than it may be. Looked at in even steps. */
final class SlowSince {

    private final Pace pace;
    private long before;
    private int steps;

    SlowSince(Pace pace) {
        this.pace = pace;
    }

    /**
     * To be asked once in each step.
     *
     * @param isWanted whether anything has to move at all
     * @param moved bytes so far
     */
    boolean isTooLong(boolean isWanted, long moved) {
        var isSlow = isWanted && moved - before < pace.leastInTick();
        before = moved;
        steps = isSlow ? steps + 1 : 0;
        return steps * pace.tick() > pace.patience();
    }
}
