package dev.waypost.jvm;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A program that has never heard of Waypost: it looks up the hosts it is given. */
final class PlainProgram {
    private PlainProgram() {}

    public static void main(String[] hosts) {
        for (String host : hosts) {
            try {
                System.out.println(InetAddress.getByName(host));
            } catch (UnknownHostException unknown) {
                System.out.println("unknown");
            }
        }
    }
}
