package dev.longshore.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets contenders work in turn, so that what else the machine does meets them all. */
public final class Race {

    private Race() {}

    /** Each round begins with another one. */
    public static Map<String, List<Measurement>> run(int rounds, List<Contender> contenders) throws Exception {
        var measured = new LinkedHashMap<String, List<Measurement>>();
        contenders.forEach(contender -> measured.put(contender.name(), new ArrayList<>()));
        for (var round = 0; round < rounds; round++) {
            for (var turn = 0; turn < contenders.size(); turn++) {
                var contender = contenders.get((round + turn) % contenders.size());
                var one = contender.work().call();
                measured.getOrDefault(contender.name(), List.of()).add(one);
                tell("%d/%d %s %.2f s".formatted(round + 1, rounds, contender.name(), one.seconds()));
            }
        }
        return measured;
    }

    /** On the standard error: the report alone is the output. */
    public static void tell(String what) {
        System.err.println("  " + what);
    }
}
