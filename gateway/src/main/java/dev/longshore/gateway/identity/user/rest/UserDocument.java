package dev.longshore.gateway.identity.user.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longshore.gateway.identity.user.Users.Wanted;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an administrator says of an account. */
public record UserDocument(
        @Schema(description = "In the whole installation; none for who is something in projects only")
        @Pattern(
                regexp = "viewer|developer|operator|security|administrator",
                message = "is none of viewer, developer, operator, security, administrator")
        @Nullable
        String role,

        @Email @Size(min = 3, max = 254) @Nullable String email,

        @Schema(description = "Who is disabled is signed out, and cannot sign in", defaultValue = "false") @Nullable
        Boolean isDisabled,

        @Schema(description = "Needed for a new account; without one it stays as it is")
        @Size(min = 12, max = 1024)
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        @Nullable
        String password) {

    Wanted wanted() {
        return new Wanted(role, email, Boolean.TRUE.equals(isDisabled), password);
    }

    @Override
    public String toString() {
        return "UserDocument " + role;
    }
}
