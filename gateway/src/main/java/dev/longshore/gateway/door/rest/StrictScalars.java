package dev.longshore.gateway.door.rest;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.util.List;

/** A number is no truth, and neither is a text: who sends one for the other meant something else. */
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
    }
}
