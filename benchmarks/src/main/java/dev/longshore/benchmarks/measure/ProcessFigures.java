package dev.longshore.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What Linux knows of processes. */
public final class ProcessFigures {

    /** Fields of {@code /proc/PID/stat} after the name, which is in brackets and may hold anything. */
    private static final int USER_TIME = 11;

    private static final int CHILDREN_USER_TIME = 13;
    private static final int START_TIME = 19;
    private static final double TICKS_PER_SECOND = 100;
    private static final long KILO = 1024;

    private ProcessFigures() {}

    /** Spent so far by the process and by its children that have ended; 0 if it is gone. */
    public static double cpuSeconds(long pid) {
        return ticks(Long.toString(pid), USER_TIME) + ticks(Long.toString(pid), CHILDREN_USER_TIME);
    }

    /** Spent by those children of this process that have ended, and by theirs. */
    public static double childrenCpuSeconds() {
        return ticks("self", CHILDREN_USER_TIME);
    }

    /** Seconds after the machine's start. */
    public static double startedAt(long pid) {
        var fields = stat(Long.toString(pid));
        return fields.length == 0 ? 0 : Double.parseDouble(fields[START_TIME]) / TICKS_PER_SECOND;
    }

    /** Seconds after the machine's start. */
    public static double now() {
        return Double.parseDouble(read(Path.of("/proc/uptime")).split(" ")[0]);
    }

    /** The process's part of the memory, shared pages divided among those who share them; in bytes. */
    public static long pss(long pid) {
        return field(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:");
    }

    /** The most that was resident since {@link #forgetPeak}, in bytes. */
    public static long peakRss(long pid) {
        return field(Path.of("/proc/" + pid + "/status"), "VmHWM:");
    }

    public static void forgetPeak(long pid) throws IOException {
        Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
    }

    private static double ticks(String process, int first) {
        var fields = stat(process);
        return fields.length == 0
                ? 0
                : (Double.parseDouble(fields[first]) + Double.parseDouble(fields[first + 1])) / TICKS_PER_SECOND;
    }

    private static String[] stat(String process) {
        var line = read(Path.of("/proc/" + process + "/stat"));
        return line.isEmpty()
                ? new String[0]
                : line.substring(line.lastIndexOf(')') + 2).split(" ");
    }

    private static long field(Path file, String name) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILO)
                .findFirst()
                .orElse(0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            return "";
        } catch (IOException failure) {
            // ESRCH: it ended between open and read.
            if (String.valueOf(failure.getMessage()).contains("No such process")) {
                return "";
            }
            throw new UncheckedIOException(failure);
        }
    }
}
