package dev.longshore.oci;

/** A text is not the name it should be. The message is a sentence for the person who wrote the text. */
public final class InvalidReferenceException extends IllegalArgumentException {

    /** Which part of a reference is wrong. */
    public enum Part {
        REGISTRY,
        REPOSITORY,
        TAG,
        DIGEST,
        REFERENCE
    }

    private final Part part;

    public InvalidReferenceException(Part part, String message) {
        super(message);
        this.part = part;
    }

    public Part part() {
        return part;
    }
}
