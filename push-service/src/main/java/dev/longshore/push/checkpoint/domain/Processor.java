package dev.longshore.push.checkpoint.domain;

/** On what kind of processor the container ran, from the beginning of a process's state. */
final class Processor {

    private static final String MOST = "amd64";
    /** Two magic numbers and a length, then a protocol buffer whose first field is the machine type. */
    private static final int FIRST_FIELD = 12;

    private static final int MACHINE_TYPE = 0x08;

    private Processor() {}

    /** As images name it. CRIU's numbers are in its {@code images/core.proto}. */
    static String architecture(byte[] core) {
        if (core.length <= FIRST_FIELD + 1 || core[FIRST_FIELD] != MACHINE_TYPE) {
            return MOST;
        }
        return switch (core[FIRST_FIELD + 1]) {
            case 2 -> "arm";
            case 3 -> "arm64";
            case 4 -> "ppc64le";
            case 5 -> "s390x";
            case 6 -> "mips64le";
            case 7 -> "loong64";
            case 8 -> "riscv64";
            default -> MOST;
        };
    }
}
