package io.callweave.chart;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds objects against the types of the Kubernetes API, as its server would: an unknown field, a wrong type or a missing field
 * is an error. One library knows the required fields, another the types. A kind that neither knows is an error too.
 */
final class KubernetesTypes {

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            entry("v1/ConfigMap", ConfigMap.class),
            entry("v1/Service", Service.class),
            entry("v1/ServiceAccount", ServiceAccount.class),
            entry("apps/v1/Deployment", Deployment.class),
            entry("apps/v1/StatefulSet", StatefulSet.class),
            entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            entry("batch/v1/Job", Job.class),
            entry("networking.k8s.io/v1/Ingress", Ingress.class),
            entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class));

    private static final Map<String, Required> REQUIRED = Map.ofEntries(
            entry("v1/ConfigMap", V1ConfigMap::validateJsonElement),
            entry("v1/Service", V1Service::validateJsonElement),
            entry("v1/ServiceAccount", V1ServiceAccount::validateJsonElement),
            entry("apps/v1/Deployment", V1Deployment::validateJsonElement),
            entry("apps/v1/StatefulSet", V1StatefulSet::validateJsonElement),
            entry("autoscaling/v2/HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement),
            entry("batch/v1/Job", V1Job::validateJsonElement),
            entry("networking.k8s.io/v1/Ingress", V1Ingress::validateJsonElement),
            entry("networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement),
            entry("policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement));

    private static final String SCALED_OBJECT = "keda.sh/v1alpha1/ScaledObject";

    private static final Schema SCALED_OBJECT_SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(Yaml.text(Chart.RESOURCES.resolve("scaledobject.schema.json")));

    private static final ObjectMapper STRICT = strict();

    private KubernetesTypes() {}

    /** Looks for required fields. */
    private interface Required {
        void check(JsonElement json) throws IOException;
    }

    /** What is wrong with the objects, one sentence each. */
    static List<String> complaints(List<JsonNode> objects) {
        List<String> complaints = new ArrayList<>();
        for (JsonNode object : objects) {
            String type = object.path("apiVersion").asText() + "/"
                    + object.path("kind").asText();
            String name = type + " " + object.at("/metadata/name").asText() + ": ";
            complaints(type, object)
                    .forEach(complaint ->
                            complaints.add(name + complaint.lines().findFirst().orElse("")));
        }
        return complaints;
    }

    private static List<String> complaints(String type, JsonNode object) {
        List<String> complaints = new ArrayList<>();
        if (type.equals(SCALED_OBJECT)) {
            for (Error error : SCALED_OBJECT_SCHEMA.validate(object.toString(), InputFormat.JSON)) {
                complaints.add(error.getInstanceLocation() + " " + error.getMessage());
            }
            return complaints;
        }
        Class<?> known = TYPES.get(type);
        if (known == null) {
            complaints.add("The kind is not known here.");
            return complaints;
        }
        try {
            STRICT.treeToValue(object, known);
        } catch (JsonProcessingException e) {
            complaints.add(e.getMessage());
        }
        Required required = REQUIRED.get(type);
        if (required != null) {
            try {
                required.check(JsonParser.parseString(object.toString()));
            } catch (IllegalArgumentException | IOException e) {
                complaints.add(String.valueOf(e.getMessage()));
            }
        }
        return complaints;
    }

    private static ObjectMapper strict() {
        ObjectMapper mapper = JsonMapper.builder()
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new NoAnySetters())
                .build();
        // The server takes no number or boolean for a text, such as the value of a label.
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    /** The types keep unknown fields for later; here they are errors. */
    private static final class NoAnySetters extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return Boolean.FALSE;
        }
    }
}
