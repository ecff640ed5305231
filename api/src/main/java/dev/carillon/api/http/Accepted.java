package dev.carillon.api.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The caller's preferences, by the weights of an {@code Accept...} header (RFC 9110, 12.4.2).
 *
 * @param choices the named values in lower case, each with its weight from 0 to 1; empty if the header is absent
 */
public record Accepted(List<Choice> choices) {
    private static final String ANY = "*";

    public Accepted {
        choices = List.copyOf(choices);
    }

    /** One named value. */
    public record Choice(String name, double weight) {}

    /** The media types. */
    public static Accepted types(HttpRequest<?> request) {
        return read(request.getHeaders().getAll(HttpHeaders.ACCEPT));
    }

    /** Parses the values of such a header. */
    public static Accepted read(List<String> values) {
        var choices = new ArrayList<Choice>();
        for (var value : values) {
            for (var part : value.split(",", -1)) {
                var parameters = part.split(";", -1);
                var name = parameters[0].strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty()) {
                    choices.add(new Choice(name, weight(parameters)));
                }
            }
        }
        return new Accepted(choices);
    }

    private static double weight(String[] parameters) {
        for (int i = 1; i < parameters.length; i++) {
            var parameter = parameters[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                try {
                    double weight = Double.parseDouble(parameter.substring(2).strip());
                    return weight >= 0 && weight <= 1 ? weight : 0;
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }

    /** Whether an HTML page is preferred to JSON by name; a wildcard alone does not indicate a browser. */
    public boolean prefersHtml() {
        double html = weightOf("text/html", "text/*");
        double json = weightOf("application/json", "application/*", "*/*");
        boolean isJsonNamed = choices.stream().anyMatch(choice -> choice.name().equals("application/json"));
        return html > 0 && (html > json || (html >= json && !isJsonNamed));
    }

    /** Whether a content coding is accepted with at least the weight of the uncompressed reply. */
    public boolean prefersCoding(String coding) {
        double coded = weightOf(coding, ANY);
        double plain = choices.stream().anyMatch(choice -> choice.name().equals("identity")) ? weightOf("identity") : 0;
        return coded > 0 && coded >= plain;
    }

    /** The weight of the first of these names that was sent; list the names from most to least specific. */
    private double weightOf(String... names) {
        for (var name : names) {
            for (var choice : choices) {
                if (choice.name().equals(name)) {
                    return choice.weight();
                }
            }
        }
        return 0;
    }
}
