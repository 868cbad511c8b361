"""What a schema cannot say of a good request: that what it names is there, and that a time is to come."""

from datetime import datetime, timedelta, timezone
from uuid import uuid4

import schemathesis
from hypothesis import strategies as st

# In the document, and not of JSON Schema.
schemathesis.openapi.format("time-span", st.sampled_from(["1h", "24h", "7d", "PT36H"]))
schemathesis.openapi.format("cron", st.sampled_from(["0 2 * * *", "*/5 0-6 1,15 * 1-5", "CRON_TZ=Europe/Berlin 30 4 * * 0"]))
schemathesis.openapi.format("registry-url", st.sampled_from(["https://registry.invalid", "http://r.invalid:5000/path"]))
schemathesis.openapi.format("issuer", st.sampled_from(["https://issuer.invalid", "https://issuer.invalid:8443/realm"]))
# Positions come from the page before: there is none here. The empty one is the beginning.
schemathesis.openapi.format("cursor", st.just(""))

# By pointer, in bodies that are meant to be good: the test makes both registries, and the project is always there.
EXISTING = {
    "/api/v1/replication-rules/{name}": {("source", "registry"): "left", ("target", "registry"): "right"},
}
PROJECT = "default"
EVERYBODYS = ("left", "right")
CONFIGURED = tuple(
    f"/api/v1/{kind}"
    for kind in (
        "registries", "scan-policies", "exemptions", "replication-rules", "retention-policies", "freezes", "projects"
    )
)
REQUIRED = {"vendor", "url", "type", "username", "source", "target", "registry", "repositories", "scope", "registries",
            "tags", "keep", "vulnerabilities", "images", "reason", "owner", "role", "user", "group", "serviceAccount"}
SECRETS = {"basic": "password", "token": "token"}


@schemathesis.hook
def before_call(context, case, kwargs):
    spare_oneself(case)
    if not case.meta or not case.meta.generation.mode.is_positive:
        return
    if "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = str(uuid4())
    scope = (case.path_parameters or {}).get("name", "")
    if case.operation.path == "/api/v1/freezes/{name}" and (":" in scope or "%3A" in scope):
        case.path_parameters["name"] = "project:default" if scope.startswith("project") else "registry:left"
    for moment in ("from", "to"):
        # RFC 3339 allows zones that no clock has.
        if moment in (case.query or {}):
            case.query[moment] = "2026-11-21T12:00:00Z"
    if isinstance(case.body, dict):
        make_true(case, case.body)


def make_true(case, body):
    if body.get("project") is not None:
        body["project"] = PROJECT
    for (outer, inner), name in EXISTING.get(case.operation.path, {}).items():
        if isinstance(body.get(outer), dict):
            body[outer][inner] = name
    credentials = body.get("credentials")
    if isinstance(credentials, dict) and credentials.get("type") in SECRETS:
        # Only a registry that has one already may leave it out.
        credentials[SECRETS[credentials["type"]]] = "a-secret"
    if isinstance(body.get("tls"), dict):
        # Certificates come from an authority.
        for text in ("caBundle", "clientCertificate", "clientKey"):
            body["tls"].pop(text, None)
    if case.operation.path == "/api/v1/copies" and isinstance(body.get("source"), str):
        body["source"] = "left/" + body["source"].split("/", 1)[-1]
        body["target"] = "right/mirror/another:1"
    if case.operation.path == "/api/v1/users/{name}":
        # Only an account that is there already may leave it out.
        body["password"] = body.get("password") or "a long one never used elsewhere"
    if case.operation.path == "/api/v1/projects/{name}":
        for claimed in body.get("repositories") or []:
            claimed["registry"] = "left"
    for rule in body.get("rules") or []:
        if isinstance(rule, dict) and isinstance(rule.get("keep"), dict):
            # One of them at least says something.
            rule["keep"] = {key: value for key, value in rule["keep"].items() if value is not None} or {"always": True}
    if body.get("expiresAt") is not None:
        body["expiresAt"] = (datetime.now(timezone.utc) + timedelta(days=7)).isoformat()


def spare_oneself(case):
    """The session that all is sent with goes on, its owner stays an administrator, and what others name stays there."""
    parameters = case.path_parameters or {}
    if case.operation.path == "/api/v1/users/{name}" and parameters.get("name") == "admin":
        parameters["name"] = "somebody"
    if case.operation.path.split("/{")[0] in ("/api/v1/registries", "/config/registry/delete", "/config/registry/update"):
        for given in (parameters, case.query, case.body):
            if isinstance(given, dict) and given.get("name") in EVERYBODYS:
                given["name"] = "somewhere"
    if case.operation.path == "/api/v1/sessions/{id}" and str(parameters.get("id", "")).startswith("ses-"):
        parameters["id"] = "ses-of-nobody"


@schemathesis.hook
def filter_case(context, case):
    """A filter that is empty, or a field that is null, is no wrong one: it is as if it were not given."""
    if not case.meta or not case.meta.generation.mode.is_negative:
        return True
    is_configured = case.operation.path.removesuffix("/{name}") in CONFIGURED
    return not any(is_empty(value) for value in (case.query or {}).values()) and not (
        is_configured and leaves_out(case.body)
    )


def leaves_out(value):
    """Whether a field that is not required is null: docs/api.md says what that means."""
    return isinstance(value, dict) and any(
        (given is None and name not in REQUIRED) or leaves_out(given) for name, given in value.items()
    )


def is_empty(value):
    """Of one that is given several times the first counts."""
    first = next(iter(value), "") if isinstance(value, (list, dict)) else value
    return first in ("", None)
