package dev.carillon.core.kernel;

/**
 * An amount of money in millionths of a currency's unit: 15,000 micros of {@code usd} are 0.015 USD.
 *
 * @param amountMicros never negative
 * @param currency ISO 4217 in lower case
 */
@Wire
public record Money(long amountMicros, String currency) {
    public Money {
        if (amountMicros < 0) {
            throw new IllegalArgumentException("an amount of money must not be negative: " + amountMicros);
        }
        if (!currency.matches("[a-z]{3}")) {
            throw new IllegalArgumentException("a currency must be three lower-case letters: " + currency);
        }
    }

    public static Money usdMicros(long amountMicros) {
        return new Money(amountMicros, "usd");
    }

    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(Math.addExact(amountMicros, other.amountMicros), currency);
    }
}
