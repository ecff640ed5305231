package dev.carillon.jobs;

import jakarta.inject.Singleton;
import java.util.concurrent.LinkedBlockingQueue;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Passes every job to the {@link Echoes} that it was constructed with. */
@Singleton
public class EchoHandler implements JobRequestHandler<EchoJob> {
    private final Echoes echoes;

    EchoHandler(Echoes echoes) {
        this.echoes = echoes;
    }

    @Override
    public void run(EchoJob job) {
        echoes.heard.add(new Heard(job, Thread.currentThread().isVirtual(), System.nanoTime()));
        echoes.listener.accept(job);
    }

    record Heard(EchoJob job, boolean onVirtualThread, long nanos) {}

    /** The jobs that ran, in order. */
    @Singleton
    static class Echoes {
        final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
        volatile java.util.function.Consumer<EchoJob> listener = job -> {};
    }
}
