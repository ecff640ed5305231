package dev.carillon.worker.publication;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this process wherever people read which process did something. */
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
