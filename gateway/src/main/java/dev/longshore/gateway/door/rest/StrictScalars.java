package dev.longshore.gateway.door.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/** A number is no truth, and neither is a text: who sends one for the other meant something else. No text holds U+0000. */
@Singleton
class StrictScalars implements ObjectMapperCustomizer {

    private static final List<CoercionInputShape> NO_TEXTS =
            List.of(CoercionInputShape.Boolean, CoercionInputShape.Integer, CoercionInputShape.Float);

    @Override
    @SuppressWarnings("deprecation")
    public void customize(ObjectMapper mapper) {
        mapper.configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false);
        var texts = mapper.coercionConfigFor(LogicalType.Textual);
        NO_TEXTS.forEach(shape -> texts.setCoercion(shape, CoercionAction.Fail));
        mapper.registerModule(new SimpleModule().addDeserializer(String.class, new StorableText()));
    }

    /** PostgreSQL keeps every character but one. */
    private static final class StorableText extends StringDeserializer {

        private static final long serialVersionUID = 1;

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var text = super.deserialize(parser, context);
            if (text != null && text.indexOf('\0') >= 0) {
                throw MismatchedInputException.from(
                        parser, String.class, "A text holds the character U+0000, which cannot be kept");
            }
            return text;
        }
    }
}
