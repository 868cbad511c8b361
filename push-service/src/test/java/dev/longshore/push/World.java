package dev.longshore.push;

import dev.longshore.testkit.service.OtherServices;

/** The other services, as far as this one knows of them. */
final class World {

    /** Its producer ends with the JVM. */
    static final OtherServices OTHERS = new OtherServices(Infra.LOCAL.kafkaBootstrapServers());

    private World() {}
}
