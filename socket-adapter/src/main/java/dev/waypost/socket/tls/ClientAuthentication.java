package dev.waypost.socket.tls;

/** What a TLS listener wants of its clients' certificates: the choices of CoreDNS's {@code client_auth}. */
public enum ClientAuthentication {
    /** None is asked for. */
    NONE,
    /** One is asked for; none, or any, will do. */
    REQUESTED,
    /** Some certificate must be there; any will do. */
    REQUIRED,
    /** None will do; one that is there must be signed by the authorities. */
    VERIFIED_IF_GIVEN,
    /** One signed by the authorities must be there. */
    REQUIRED_AND_VERIFIED;

    boolean isRequired() {
        return this == REQUIRED || this == REQUIRED_AND_VERIFIED;
    }

    boolean isVerified() {
        return this == VERIFIED_IF_GIVEN || this == REQUIRED_AND_VERIFIED;
    }
}
