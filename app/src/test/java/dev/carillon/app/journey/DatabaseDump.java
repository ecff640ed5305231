package dev.carillon.app.journey;

import dev.carillon.localservers.PostgresAddress;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A whole database as compressed SQL: its schema as the migrations of its version create it, then the rows of every table. It is restored without
 * Flyway and without the migrations of the present version.
 */
final class DatabaseDump {
    /** Tables in the order of their creation, which is an order in which foreign keys hold; partitions are read through their parent. */
    private static final String TABLES = """
            SELECT table_class.oid::regclass::text AS name,
                (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                 WHERE attrelid = table_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns
            FROM pg_class AS table_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname IN ('public', 'sandbox') AND relkind IN ('r', 'p') AND NOT relispartition
            ORDER BY table_class.oid
            """;

    private static final String HISTORY = "flyway_schema_history";
    /** A statement of the dump can be the rows of a whole table. */
    private static final int LONGEST_MESSAGE = 600;

    private DatabaseDump() {}

    private record Table(String name, String columns) {}

    /**
     * Writes a dump.
     *
     * @param migrations the folder with the migrations that created the database
     */
    static void write(PostgresAddress owner, Path migrations, Path file) throws IOException, SQLException {
        try (var connection = connect(owner);
                var out = new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            out.write(createHistory(connection));
            for (var migration : inOrder(migrations)) {
                out.write(Files.readString(migration));
                out.write('\n');
            }
            for (var table : tables(connection)) {
                writeRows(connection, table, out);
            }
            writeSequences(connection, out);
        }
    }

    private static List<Path> inOrder(Path migrations) throws IOException {
        try (Stream<Path> files = Files.list(migrations)) {
            var all = files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
            var ordered = new ArrayList<>(all.stream()
                    .filter(file -> file.getFileName().toString().startsWith("V"))
                    .toList());
            all.stream()
                    .filter(file -> file.getFileName().toString().startsWith("R"))
                    .forEach(ordered::add);
            return ordered;
        }
    }

    /** Flyway creates its table itself, before the first migration. */
    private static String createHistory(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT 'CREATE TABLE %1$s (' || string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
                            || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
                            || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), ''), ', ' ORDER BY attnum)
                            || ', PRIMARY KEY (installed_rank));'
                        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                        WHERE attrelid = '%1$s'::regclass AND attnum > 0
                        """.formatted(HISTORY))) {
            rows.next();
            return rows.getString(1) + "\n";
        }
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<Table>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(new Table(rows.getString("name"), rows.getString("columns")));
            }
        }
        return tables;
    }

    private static void writeRows(Connection connection, Table table, Writer out) throws SQLException, IOException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT json_agg(row_to_json(kept))::text FROM (SELECT %s FROM %s) AS kept"
                                .formatted(table.columns(), table.name()))) {
            rows.next();
            var json = rows.getString(1);
            out.write("ALTER TABLE %s DISABLE TRIGGER USER;%nDELETE FROM %s;%n".formatted(table.name(), table.name()));
            if (json != null) {
                out.write(
                        "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM json_populate_recordset(NULL::%s, '%s');%n"
                                .formatted(
                                        table.name(),
                                        table.columns(),
                                        table.columns(),
                                        table.name(),
                                        json.replace("'", "''")));
            }
            out.write("ALTER TABLE %s ENABLE TRIGGER USER;%n".formatted(table.name()));
        }
    }

    private static void writeSequences(Connection connection, Writer out) throws SQLException, IOException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT schemaname, sequencename, last_value FROM pg_sequences
                        WHERE schemaname IN ('public', 'sandbox') AND last_value IS NOT NULL
                        """)) {
            while (rows.next()) {
                out.write("SELECT setval('%s.%s', %d);%n"
                        .formatted(
                                rows.getString("schemaname"),
                                rows.getString("sequencename"),
                                rows.getLong("last_value")));
            }
        }
    }

    /** Restores a dump into an empty database, as its owner; the roles of Carillon must exist. */
    static void restore(Path file, PostgresAddress owner) throws IOException, SQLException {
        String dump;
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            dump = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (var connection = connect(owner);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(dump);
            connection.commit();
        } catch (SQLException e) {
            throw new SQLException("The dump %s could not be restored: %s".formatted(file, shortened(e)), e);
        }
    }

    private static String shortened(SQLException e) {
        var message = Objects.requireNonNullElse(e.getMessage(), "");
        return message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
    }

    static Connection connect(PostgresAddress owner) throws SQLException {
        return DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
    }

    /** What a database consists of, one line per column, constraint, index, function, trigger, policy and privilege. */
    static List<String> catalogue(PostgresAddress owner) throws SQLException {
        var lines = new ArrayList<String>();
        try (var connection = connect(owner);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        WITH ours AS (
                            SELECT pg_class.oid, pg_class.oid::regclass::text AS name, relkind, relacl FROM pg_class
                            JOIN pg_namespace ON pg_namespace.oid = relnamespace
                            WHERE nspname IN ('public', 'sandbox') AND NOT relispartition AND relname NOT LIKE 'flyway%')
                        SELECT 'column ' || name || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
                            || coalesce(' ' || pg_get_expr(adbin, adrelid), '') AS line
                        FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
                        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE relkind IN ('r', 'p')
                        UNION ALL SELECT 'constraint ' || name || ' ' || pg_get_constraintdef(pg_constraint.oid)
                        FROM ours JOIN pg_constraint ON conrelid = ours.oid WHERE relkind IN ('r', 'p')
                        UNION ALL SELECT 'index ' || pg_get_indexdef(ours.oid) FROM ours WHERE relkind IN ('i', 'I')
                        UNION ALL SELECT 'function ' || pg_get_functiondef(pg_proc.oid) || coalesce(proacl::text, '') FROM pg_proc
                        JOIN pg_namespace ON pg_namespace.oid = pronamespace
                        WHERE nspname IN ('public', 'sandbox') AND prokind = 'f'
                          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
                        UNION ALL SELECT 'trigger ' || pg_get_triggerdef(pg_trigger.oid) FROM ours JOIN pg_trigger ON tgrelid = ours.oid
                        WHERE NOT tgisinternal
                        UNION ALL SELECT 'policy ' || tablename || ' ' || policyname || coalesce(qual, '') || coalesce(with_check, '')
                        FROM pg_policies
                        UNION ALL SELECT 'privileges ' || name || ' ' || privilege::text FROM ours, unnest(relacl) AS privilege
                        ORDER BY line
                        """)) {
            while (rows.next()) {
                lines.add(rows.getString("line"));
            }
        }
        return lines;
    }
}
