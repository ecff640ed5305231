package dev.carillon.worker.publication;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this process is called where a person reads who did something. */
final class WorkerName {
    static final String OF_THIS_PROCESS = host() + "/" + ProcessHandle.current().pid();

    private WorkerName() {}

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "worker";
        }
    }
}
