package dev.waypost.spring;

import dev.waypost.engine.DnsEngine;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.context.annotation.Bean;

/** Makes a {@link WaypostDiscoveryClient} where the application has a bean of type {@link DnsEngine}. For Spring Boot. */
@AutoConfiguration
@ConditionalOnDiscoveryEnabled
@ConditionalOnBean(DnsEngine.class)
class WaypostDiscoveryAutoConfiguration {
    /** The client. @param portName {@code waypost.discovery.port-name} */
    @Bean
    @ConditionalOnMissingBean
    WaypostDiscoveryClient waypostDiscoveryClient(
            DnsEngine engine, @Value("${waypost.discovery.port-name:}") String portName) {
        return new WaypostDiscoveryClient(engine, portName);
    }
}
