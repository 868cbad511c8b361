package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import dev.longshore.oci.Digest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Schemas (Draft 2020-12) of the data of each event, from its record. */
final class Schemas {

    static final String DIGEST_PATTERN = "^(sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$";

    private final SchemaGenerator generator = new SchemaGenerator(settings().build());

    JsonNode of(Class<?> record) {
        return generator.generateSchema(record);
    }

    static Path file(String type) {
        return Contract.SCHEMAS.resolve(type + ".schema.json");
    }

    private static SchemaGeneratorConfigBuilder settings() {
        var builder = new SchemaGeneratorConfigBuilder(
                        Contract.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY));
        builder.forTypesInGeneral()
                .withPropertySorter((one, other) -> 0)
                .withTitleResolver(scope -> title(scope.getType().getErasedType()))
                .withDescriptionResolver(scope -> Javadoc.of(scope.getType().getErasedType())
                        .map(Javadoc::text)
                        .filter(text -> !text.isEmpty())
                        .orElse(null))
                .withCustomDefinitionProvider((type, context) -> type.getErasedType() == Digest.class
                        ? new CustomDefinition(
                                context.getGeneratorConfig()
                                        .createObjectNode()
                                        .put("type", "string")
                                        .put("pattern", DIGEST_PATTERN),
                                CustomDefinition.DefinitionType.INLINE,
                                CustomDefinition.AttributeInclusion.NO)
                        : null);
        builder.forFields()
                .withRequiredCheck(Schemas::isRequired)
                .withDescriptionResolver(
                        field -> Javadoc.of(field.getRawMember().getDeclaringClass())
                                .map(javadoc -> javadoc.components().get(field.getName()))
                                .orElse(null));
        return builder;
    }

    private static @Nullable String title(Class<?> type) {
        return type.isAnnotationPresent(EventType.class) ? Event.typeOf(type) : null;
    }

    /** What may be left out: what may be null, and what its class writes only when there is something in it. */
    private static boolean isRequired(FieldScope field) {
        var member = field.getRawMember();
        if (member.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return false;
        }
        var inclusion = member.getDeclaringClass().getAnnotation(JsonInclude.class);
        var mayBeEmpty = inclusion != null && inclusion.value() == JsonInclude.Include.NON_EMPTY;
        var type = field.getType().getErasedType();
        return !(mayBeEmpty && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)));
    }
}
