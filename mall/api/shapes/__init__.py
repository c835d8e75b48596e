"""What the API says, as plain objects; `outputs` describes the same for the OpenAPI document."""
