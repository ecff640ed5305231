package dev.carillon.app.chaos;

import static net.bytebuddy.matcher.ElementMatchers.is;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/**
 * Adds the kill points to a process's classes as they are loaded, so that production code does not know about them. A point that cannot be
 * added ends the process.
 */
public final class ChaosAgent {
    /** By how many seconds this process's wall clock is shifted. */
    static final String CLOCK_SHIFT = "chaos.clock.shift";

    private static final int CANNOT = 70;

    private ChaosAgent() {}

    /** A jar without classes that names this class as the agent; the class itself is on the class path. */
    static Path jarIn(Path folder) {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), ChaosAgent.class.getName());
        manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
        var file = folder.resolve("chaos-agent.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.finish();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by the JVM before {@code main}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        try {
            putPoints(instrumentation);
            if (Long.getLong(CLOCK_SHIFT, 0) != 0) {
                shiftClock(instrumentation);
            }
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(CANNOT);
        }
        KillSwitch.start();
        Stalls.watch();
    }

    private static void putPoints(Instrumentation instrumentation) {
        // Resolved first, because resolving a method loads its class, which must not happen while that class is being
        // loaded.
        var methods = Arrays.stream(KillPoint.values()).collect(Collectors.toMap(point -> point, KillPoint::method));
        var pointsOfType = methods.keySet().stream().collect(Collectors.groupingBy(KillPoint::type));
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .with(new FailOnError())
                .type(namedOneOf(pointsOfType.keySet().toArray(String[]::new)))
                .transform((builder, type, loader, module, domain) -> {
                    var advised = builder;
                    for (var point : pointsOfType.getOrDefault(type.getName(), List.of())) {
                        advised = put(point, Objects.requireNonNull(methods.get(point)), advised);
                    }
                    return advised;
                })
                .installOn(instrumentation);
    }

    private static DynamicType.Builder<?> put(KillPoint point, Method method, DynamicType.Builder<?> builder) {
        var advice =
                switch (point.edge()) {
                    case ENTER -> OnEnter.class;
                    case EXIT -> OnExit.class;
                };
        var with = builder.visit(Advice.withCustomMapping()
                .bind(Name.class, point.name())
                .to(advice)
                .on(is(method)));
        return point == KillPoint.BEFORE_REQUEST
                ? with.visit(Advice.to(BeforeWriting.class).on(is(method)))
                : with;
    }

    private static void shiftClock(Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .ignore(none())
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .with(new FailOnError())
                .type(named(Clock.class.getName()))
                .transform((builder, type, loader, module, domain) -> builder.visit(Advice.withCustomMapping()
                        .with(new Advice.AssignReturned.Factory())
                        .to(ShiftedNow.class)
                        .on(named("currentInstant"))))
                .installOn(instrumentation);
    }

    private static final class FailOnError extends AgentBuilder.Listener.Adapter {
        @Override
        public void onError(
                String typeName,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable trouble) {
            trouble.printStackTrace();
            Runtime.getRuntime().halt(CANNOT);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Name {}

    /** Inlined into methods whose beginning is a point. */
    static final class OnEnter {
        private OnEnter() {}

        @Advice.OnMethodEnter
        static void enter(@Name String point) {
            KillSwitch.reached(point);
        }
    }

    /**
     * Inlined into methods whose end is a point. A method that throws does not reach it; nor does one that returns 0 because it did
     * nothing.
     */
    static final class OnExit {
        private OnExit() {}

        @Advice.OnMethodExit
        static void exit(@Name String point, @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object did) {
            if (!Integer.valueOf(0).equals(did)) {
                KillSwitch.reached(point);
            }
        }
    }

    /** Inlined where a request is about to be written. */
    static final class BeforeWriting {
        private BeforeWriting() {}

        @Advice.OnMethodEnter
        static void enter() {
            KillSwitch.beforeWriting();
        }
    }

    /** Inlined into the machine's clock; may use only the JDK. */
    static final class ShiftedNow {
        private ShiftedNow() {}

        @Advice.OnMethodExit
        @Advice.AssignReturned.ToReturned
        static Instant exit(@Advice.Return Instant now) {
            return now.plusSeconds(Long.getLong("chaos.clock.shift", 0));
        }
    }
}
