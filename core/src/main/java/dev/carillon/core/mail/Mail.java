package dev.carillon.core.mail;

/** One message to one person, in plain text. {@code toString} shows none of it. */
public record Mail(String to, String subject, String text) {
    @Override
    public String toString() {
        return "Mail[hidden]";
    }
}
