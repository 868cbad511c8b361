package dev.longshore.registries.deletion;

/** What became of a delete, as the registry answers when it is asked again. */
public enum Deletion {
    DELETED,
    /** There was nothing to delete. */
    WAS_GONE,
    /** The registry accepted the delete, and has it still. */
    STILL_THERE
}
