"""The service behind an HTTP API: the same app as under uvicorn."""

from app.main import app
from mangum import Mangum

# With a lifespan, Mangum would run start-up with every request. Anything that is not named as text goes out in base64.
lambda_handler = Mangum(
    app,
    lifespan="off",
    text_mime_types=["text/", "application/json", "application/problem+json", "image/svg+xml"],
)
