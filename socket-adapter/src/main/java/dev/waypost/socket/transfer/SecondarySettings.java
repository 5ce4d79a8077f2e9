package dev.waypost.socket.transfer;

import java.time.Duration;

/**
 * How copies are looked after.
 *
 * @param limits of each transfer
 * @param least of REFRESH, RETRY and EXPIRE, whatever a SOA says
 * @param kept what was transferred before
 */
record SecondarySettings(TransferLimits limits, Duration least, KeptZones kept) {}
