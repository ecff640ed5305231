package dev.carillon.migrations;

/** The passwords that the running roles log in with. {@code toString} shows none. */
public record RolePasswords(String app, String dispatch, String sandbox) {
    @Override
    public String toString() {
        return "RolePasswords[hidden]";
    }
}
