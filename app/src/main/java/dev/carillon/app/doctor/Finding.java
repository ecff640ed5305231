package dev.carillon.app.doctor;

/**
 * The outcome of a check. The text of a warning or problem says what is wrong, what is expected and what to do.
 *
 * @param subject what was checked, in one or two words
 */
public record Finding(Level level, String subject, String text) {

    /** How serious a finding is. */
    public enum Level {
        /** As it should be. */
        OK("[+]", "32"),
        /** Carillon starts, but something is missing or may fail later. */
        WARNING("[!]", "33"),
        /** Carillon does not start. */
        PROBLEM("[x]", "31");

        private final String symbol;
        private final String colour;

        Level(String symbol, String colour) {
            this.symbol = symbol;
            this.colour = colour;
        }

        String symbol(boolean coloured) {
            return coloured ? "\u001b[%sm%s\u001b[0m".formatted(colour, symbol) : symbol;
        }
    }

    public Finding {
        // One line per finding; messages of servers and libraries may have several.
        text = text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    public static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text);
    }

    public static Finding warning(String subject, String text) {
        return new Finding(Level.WARNING, subject, text);
    }

    public static Finding problem(String subject, String text) {
        return new Finding(Level.PROBLEM, subject, text);
    }
}
