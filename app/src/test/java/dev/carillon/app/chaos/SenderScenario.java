package dev.carillon.app.chaos;

import java.util.function.Consumer;

/** A way to disturb the webhook senders. */
record SenderScenario(String name, int senders, Consumer<SenderStage> play) {}
