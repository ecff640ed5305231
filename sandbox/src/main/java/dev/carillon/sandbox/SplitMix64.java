package dev.carillon.sandbox;

/** The sequence of draws for a seed: SplitMix64, so that anyone can reproduce it. */
final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final int UNUSED_BITS = 11;
    private static final double ONE_STEP = 0x1.0p-53;

    private SplitMix64() {}

    /** Draw number {@code number}, from 1: uniform over 0 (included) to 1 (excluded). */
    static double share(int seed, long number) {
        return (mix(seed + number * GOLDEN_GAMMA) >>> UNUSED_BITS) * ONE_STEP;
    }

    private static long mix(long state) {
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
