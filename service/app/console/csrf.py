"""Forms of ours carry the token that the browser holds in a cookie; other sites can neither read nor set it.

The guard checks where a request comes from; this is the second lock for browsers that do not say.
"""

import secrets
from typing import Annotated

from fastapi import Depends, Form, HTTPException, Request
from starlette.responses import Response

COOKIE = "opsplane_form"
_LENGTH = 43
"""Characters of a token: 32 random bytes in base64."""


def token_of(request: Request) -> str:
    """The browser's token, or a new one when it has none yet."""
    found = request.cookies.get(COOKIE, "")
    return found if len(found) == _LENGTH else secrets.token_urlsafe(32)


def remember(token: str, request: Request, response: Response) -> None:
    """Give the browser its token when it has none."""
    if request.cookies.get(COOKIE) != token:
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")


async def check_token(request: Request, token: Annotated[str, Form(max_length=100)] = "") -> None:
    """Refuse a form that is not ours.

    Raises:
        HTTPException: 403, with what to do.
    """
    held = request.cookies.get(COOKIE, "")
    if not held or not secrets.compare_digest(held.encode(), token.encode()):
        raise HTTPException(403, "This form is out of date. Go back, load the page again, and repeat.")


OwnForm = Depends(check_token)
