package dev.carillon.app;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.database.WorkspaceScoped;
import dev.carillon.core.kernel.Id;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The boundaries of {@code docs/architecture.md} that Maven cannot check. To move a boundary, change the picture there first. */
@AnalyzeClasses(
        packages = "dev.carillon",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WhatRuns.class})
class ArchitectureTest {

    /** Excludes the test kit and the tests of other modules, which arrive as a jar. */
    static final class WhatRuns implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar") && !location.contains("/testkit");
        }
    }

    /** Rules pass easily if the classes were not read. */
    @ArchTest
    static void allModulesAreRead(JavaClasses modules) {
        assertThat(modules.stream()
                        .map(JavaClass::getPackageName)
                        .map(name -> name.replaceFirst("^dev[.]carillon[.]([a-z]+).*$", "$1"))
                        .collect(Collectors.toSet()))
                .contains("app", "connectors", "core", "localservers", "migrations", "sandbox");
        assertThat(modules.get(Start.class).getMethodCallsFromSelf())
                .extracting(call -> call.getTargetOwner().getSimpleName())
                .contains("LocalServers", "MasterKeyCheck");
    }

    @ArchTest
    static final ArchRule connectorsDoNotKnowEachOther = slices().matching("dev.carillon.connectors.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    alwaysTrue(),
                    resideInAnyPackage("dev.carillon.connectors.http..", "dev.carillon.connectors.rules.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule featuresFormNoCycle =
            slices().matching("dev.carillon.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule jdbcStaysBelow = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.carillon.core.database..",
                    "dev.carillon.jobs..",
                    "dev.carillon.migrations..",
                    "dev.carillon.sandbox..")
            .and()
            .haveSimpleNameNotEndingWith("Queries")
            .and()
            .haveSimpleNameNotEndingWith("Repository")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    @ArchTest
    static final ArchRule statementsAreCoresOwn = noClasses()
            .that()
            .resideOutsideOfPackages("dev.carillon.core.database..", "dev.carillon.jobs..")
            .and(DescribedPredicate.not(resideInAPackage("dev.carillon.core..").and(simpleNameEndingWith("Queries"))))
            .and()
            .haveNameNotMatching(".*[.][$][^.]*")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.carillon.core.database.Sql");

    @ArchTest
    static final ArchRule stripeStaysInBilling = noClasses()
            .that()
            .resideOutsideOfPackage("dev.carillon.billing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.stripe..");

    @ArchTest
    static final ArchRule jobRunrStaysBehindTheDispatcher = noClasses()
            .that()
            .resideOutsideOfPackage("dev.carillon.jobs..")
            .and(DescribedPredicate.not(simpleNameEndingWith("Job").or(simpleNameEndingWith("Handler"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jobrunr..");

    /** Another HTTP client would reach addresses that the guard refuses. */
    @ArchTest
    static final ArchRule nobodyCallsPastTheGuard = noClasses()
            .that()
            .resideOutsideOfPackages("dev.carillon.core.net..", "dev.carillon.app.demo..", "dev.carillon.app.events..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "java.net.http..", "com.nimbusds.oauth2.sdk.http..");

    /** Sign-in is in one package, because the library could open connections from anywhere. */
    @ArchTest
    static final ArchRule providersAreAskedInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("dev.carillon.core.oidc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.nimbusds.oauth2.sdk..", "com.nimbusds.openid..");

    /** Measurements and their labels must be easy to find: no label may identify a tenant. */
    @ArchTest
    static final ArchRule metricsAreRecordedByTheirOwnClasses = noClasses()
            .that()
            .resideOutsideOfPackage("dev.carillon.core.metrics..")
            .and()
            .haveSimpleNameNotEndingWith("Metrics")
            .and()
            .haveNameNotMatching(".*[.][$][^.]*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule controllersLiveInTheApi = noClasses()
            .that()
            .resideOutsideOfPackage("dev.carillon.api..")
            .should()
            .beAnnotatedWith("io.micronaut.http.annotation.Controller");

    /** A live key that acts in test mode by another rule could reach other tenants' data, or take a simulated post for a live one. */
    @ArchTest
    static final ArchRule onePlaceLetsALiveKeyIntoTestMode = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.carillon.core.publication.SandboxedPosts")
            .should()
            .callMethod(Actor.class, "inSandbox");

    /** A transaction of the whole workspace shows a bound caller what is outside its bounds. */
    @ArchTest
    static final ArchRule whatACallerAsksForKeepsToItsBounds =
            codeUnits().that().haveRawParameterTypes(takingAnActor()).should(openTransactionsOfTheirActor());

    /** Only bookkeeping that the caller never sees may ignore its bounds. */
    @ArchTest
    static final ArchRule fewLookBeyondACallersBounds = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.carillon.core.account.AccountService")
            .and()
            .doNotHaveFullyQualifiedName("dev.carillon.core.account.SandboxAccounts")
            .and()
            .doNotHaveFullyQualifiedName("dev.carillon.core.publication.duplicate.ContentGuard")
            .and()
            .doNotHaveFullyQualifiedName("dev.carillon.core.idempotency.ReplayRights")
            .should()
            .callMethod(Transactions.class, "beyondBounds", Supplier.class);

    /** Tests would have to sleep if they could not move time, and a machine's clock may be wrong. */
    @ArchTest
    static final ArchRule timeIsAskedOfAClock = noClasses().should().callMethodWhere(readsTheMachinesClock());

    @ArchTest
    static final ArchRule nothingIsNullUnlessItSaysSo = classes().should(beInANullMarkedPackage());

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?)")
            .because("these words usually hide a better one");

    /** A package that shows everything at once shows nothing. Ids are exempt: they are all alike, and stand beside each other in the kernel. */
    @ArchTest
    static void packagesStaySmall(JavaClasses modules) {
        var sizes = writtenTypes(modules)
                .filter(type -> !type.isAssignableTo(Id.class))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(sizes).isNotEmpty().allSatisfy((name, types) -> assertThat(types)
                .as("types in %s; sub-packages by what they do keep a package below 30", name)
                .isLessThan(30));
    }

    /** Of {@code Retry}, {@code Retries} and {@code RetryService} no reader knows which does what: names say the role, such as a policy or a use case. */
    @ArchTest
    static void namesTellTheClassesOfAPackageApart(JavaClasses modules) {
        var pairs = writtenTypes(modules)
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        Collectors.mapping(JavaClass::getSimpleName, Collectors.toCollection(TreeSet::new))))
                .entrySet()
                .stream()
                .flatMap(names -> names.getValue().stream()
                        .filter(name -> name.endsWith("Service"))
                        .map(name -> name.substring(0, name.length() - "Service".length()))
                        .flatMap(stem -> pluralsOf(stem).filter(names.getValue()::contains))
                        .map(plural -> names.getKey() + "." + plural))
                .toList();

        assertThat(pairs).as("classes whose name is the plural of a service's").isEmpty();
    }

    private static Stream<String> pluralsOf(String stem) {
        return Stream.of(stem + "s", stem + "es", stem.replaceFirst("y$", "ies"))
                .filter(plural -> !plural.equals(stem));
    }

    /** Top-level types as a person wrote them, without what processors generate. */
    private static Stream<JavaClass> writtenTypes(JavaClasses modules) {
        return modules.stream()
                .filter(type -> type.isTopLevelClass()
                        && !type.getName()
                                .substring(type.getPackageName().length() + 1)
                                .startsWith("$")
                        && !type.getSimpleName().equals("package-info"));
    }

    private static DescribedPredicate<List<JavaClass>> takingAnActor() {
        return DescribedPredicate.describe(
                "an Actor among them", types -> types.stream().anyMatch(type -> type.isEquivalentTo(Actor.class)));
    }

    private static ArchCondition<JavaCodeUnit> openTransactionsOfTheirActor() {
        return new ArchCondition<>("open transactions of the actor and not of its workspace") {
            @Override
            public void check(JavaCodeUnit code, ConditionEvents events) {
                for (var call : code.getMethodCallsFromSelf()) {
                    boolean opens = call.getTargetOwner().isEquivalentTo(Transactions.class)
                            && call.getName().equals("inWorkspace");
                    if (opens) {
                        boolean ofActor = call.getTarget()
                                .getRawParameterTypes()
                                .getFirst()
                                .isEquivalentTo(WorkspaceScoped.class);
                        events.add(new SimpleConditionEvent(code, ofActor, call.getDescription()));
                    }
                }
            }
        };
    }

    private static DescribedPredicate<JavaMethodCall> readsTheMachinesClock() {
        return DescribedPredicate.describe("reads the machine's clock past java.time.Clock and Clocks", call -> {
            var owner = call.getTargetOwner();
            boolean now = owner.getPackageName().equals("java.time")
                    && call.getName().equals("now")
                    && call.getTarget().getRawParameterTypes().stream()
                            .noneMatch(type -> type.isEquivalentTo(Clock.class));
            return now || (owner.isEquivalentTo(System.class) && call.getName().equals("currentTimeMillis"));
        });
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                boolean marked = javaClass.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        javaClass, marked, javaClass.getPackageName() + " has no package-info with @NullMarked"));
            }
        };
    }
}
