package dev.carillon.app.chaos;

import java.util.function.Consumer;

/** Something that is done to senders of webhooks. */
record SenderScenario(String name, int senders, Consumer<SenderStage> play) {}
