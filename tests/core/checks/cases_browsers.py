"""Cases of the rules about what browsers do: cookies, CSRF, CORS."""

import re

from django.core.checks import ERROR, WARNING

from spa_auth.core.deployment import SameOrigin
from tests import settings

from .ask import APP, CROSS, LOCAL, SAME, SITE, WITH_CORS, Case, sound, without, wrong

SIBLING = "https://old.example.com"
READER = SameOrigin([APP], csrf_cookie="csrftoken")

WRONG: list[Case] = [
    wrong(
        "R26",
        CROSS,
        f"lacks '{APP}'",
        ERROR,
        CORS_ALLOWED_ORIGINS=[],
        CORS_ALLOWED_ORIGIN_REGEXES=["("],
    ),
    wrong("R05", SAME, "SESSION_COOKIE_SECURE = True", ERROR, SESSION_COOKIE_SECURE=False),
    wrong("R06", SAME, "CSRF_COOKIE_SECURE = True", WARNING, CSRF_COOKIE_SECURE=False),
    wrong("R07", SAME, "'__Host-sessionid'", WARNING, SESSION_COOKIE_NAME="sid"),
    wrong("R08", SAME, "SESSION_COOKIE_DOMAIN = None", ERROR, SESSION_COOKIE_DOMAIN="example.com"),
    wrong(
        "R08", None, "SECURE", ERROR, SESSION_COOKIE_NAME="__Host-s", SESSION_COOKIE_SECURE=False
    ),
    wrong("R08", SAME, "CSRF_COOKIE_PATH = '/'", ERROR, CSRF_COOKIE_PATH="/api"),
    wrong("R09", None, "SESSION_COOKIE_SECURE = True", ERROR, SESSION_COOKIE_NAME="__Secure-s"),
    wrong("R10", SAME, "every host", WARNING, SESSION_COOKIE_DOMAIN="example.com"),
    wrong("R11", SAME, "'Lax'", ERROR, SESSION_COOKIE_SAMESITE=None),
    wrong("R11", SAME, "'Lax'", ERROR, SESSION_COOKIE_SAMESITE=False),
    wrong("R12", LOCAL, "drop", ERROR, SESSION_COOKIE_SAMESITE="None"),
    wrong("R13", SITE, "Partitioned", ERROR, MIDDLEWARE=without("BoundaryMiddleware")),
    wrong("R14", CROSS, "'Lax'", WARNING, SESSION_COOKIE_SAMESITE="None"),
    wrong("R15", SAME, "spa_auth.email", ERROR, SESSION_COOKIE_SAMESITE="Strict"),
    wrong("R18", None, "script", ERROR, SESSION_COOKIE_HTTPONLY=False),
    wrong("R19", READER, "'csrftoken'", ERROR, CSRF_COOKIE_HTTPONLY=True),
    wrong("R20", SAME, "HTTP_X_CSRFTOKEN", ERROR, CSRF_HEADER_NAME="HTTP_X_XSRF_TOKEN"),
    wrong("R20", READER, "csrf_cookie='xsrf'", ERROR, CSRF_COOKIE_NAME="xsrf"),
    wrong("R21", SAME, "False", WARNING, CSRF_USE_SESSIONS=True),
    wrong("R22", SAME, "after the session", ERROR, MIDDLEWARE=without("CsrfViewMiddleware")),
    wrong(
        "R23", SAME, "below example.com", WARNING, CSRF_TRUSTED_ORIGINS=["https://*.example.com"]
    ),
    wrong("R23", SAME, "below vercel.app", ERROR, CSRF_TRUSTED_ORIGINS=["https://*.vercel.app"]),
    wrong("R23", SAME, "any domain", ERROR, CSRF_TRUSTED_ORIGINS=["https://*"]),
    wrong("R24", SAME, "'https://app", ERROR, CSRF_TRUSTED_ORIGINS=["http://app.example.com"]),
    wrong("R25", SAME, f"Write '{APP}'", ERROR, CSRF_TRUSTED_ORIGINS=[f"{APP}/"]),
    wrong("R25", SAME, f"Write '{APP}'", ERROR, CSRF_TRUSTED_ORIGINS=[f"{APP}:443"]),
    wrong("R25", SAME, "Write scheme", ERROR, CSRF_TRUSTED_ORIGINS=[f"{APP}:https"]),
    wrong("R25", SAME, "Write scheme", ERROR, CSRF_TRUSTED_ORIGINS=["app.example.com"]),
    wrong(
        "R26", CROSS, f"CrossOrigin([..., '{SIBLING}']", ERROR, CORS_ALLOWED_ORIGINS=[APP, SIBLING]
    ),
    wrong("R26", CROSS, f"CORS_ALLOWED_ORIGINS lacks '{APP}'", ERROR, CORS_ALLOWED_ORIGINS=[]),
    wrong(
        "R26",
        CROSS,
        "CSRF_TRUSTED_ORIGINS lacks",
        ERROR,
        CSRF_TRUSTED_ORIGINS=[],
        CORS_ALLOWED_ORIGINS=[f"{APP}/"],
        CORS_ALLOW_ALL_ORIGINS=True,
    ),
    wrong(
        "R26",
        SAME,
        f"SameOrigin([..., '{SIBLING}']",
        ERROR,
        MIDDLEWARE=WITH_CORS,
        CORS_ALLOWED_ORIGINS=[SIBLING],
        CORS_ALLOW_CREDENTIALS=True,
    ),
    wrong("R27", CROSS, "any page", ERROR, CORS_ALLOW_ALL_ORIGINS=True),
    wrong("R27", CROSS, "any page", ERROR, CORS_ORIGIN_ALLOW_ALL=True),
    wrong("R28", CROSS, "no end", ERROR, CORS_ALLOWED_ORIGIN_REGEXES=[r"^https://a\.x\.com"]),
    wrong(
        "R28",
        CROSS,
        "no end",
        ERROR,
        CORS_ALLOWED_ORIGIN_REGEXES=[r"^https://a\.x\.com|https://b$"],
    ),
    wrong(
        "R28", CROSS, "dot", ERROR, CORS_ALLOWED_ORIGIN_REGEXES=[re.compile(r"https://a.x\.com\Z")]
    ),
    wrong("R29", CROSS, "frame", ERROR, CORS_ALLOWED_ORIGINS=[APP, "null"]),
    wrong("R30", CROSS, "'https://app", ERROR, CORS_ALLOWED_ORIGINS=["http://app.example.com"]),
    wrong("R31", CROSS, f"Write '{APP}'", ERROR, CORS_ALLOWED_ORIGINS=["https://App.example.com"]),
    wrong("R31", CROSS, f"Write '{APP}'", ERROR, CORS_ALLOWED_ORIGINS=[f"{APP}:443"]),
    wrong("R32", CROSS, "pip install", ERROR, MIDDLEWARE=settings.MIDDLEWARE),
    wrong("R32", CROSS, "first", ERROR, MIDDLEWARE=WITH_CORS[1:2] + WITH_CORS[:1] + WITH_CORS[2:]),
    wrong("R33", CROSS, "'x-csrftoken'", ERROR, CORS_ALLOW_HEADERS=["content-type"]),
    wrong("R33", CROSS, "'retry-after'", WARNING, CORS_EXPOSE_HEADERS=[]),
    wrong("R34", CROSS, "nobody", ERROR, CORS_ALLOW_CREDENTIALS=False),
]

SOUND: list[Case] = [
    sound("R06", SAME, CSRF_COOKIE_SECURE=False, CSRF_USE_SESSIONS=True),
    sound("R07", SAME, SESSION_COOKIE_NAME="sid", SESSION_COOKIE_DOMAIN="example.com"),
    sound("R08", SAME, CSRF_COOKIE_SECURE=False, CSRF_USE_SESSIONS=True),
    sound("R08", SAME, SESSION_COOKIE_DOMAIN=""),
    sound("R09", None, SESSION_COOKIE_NAME="__Secure-s", SESSION_COOKIE_SECURE=True),
    sound("R15", SAME),
    sound("R24", LOCAL, CSRF_TRUSTED_ORIGINS=["http://localhost:5173"]),
    sound("R25", SAME, CSRF_TRUSTED_ORIGINS=["https://*.example.com", "http://192.168.1.7:8000"]),
    sound("R26", CROSS, CSRF_TRUSTED_ORIGINS=["https://*.example.com"]),
    sound(
        "R26",
        CROSS,
        CORS_ALLOWED_ORIGINS=[],
        CORS_ALLOWED_ORIGIN_REGEXES=[r"https://app\.example\.com\Z"],
    ),
    sound("R26", SAME, MIDDLEWARE=WITH_CORS, CORS_ALLOWED_ORIGINS=[SIBLING]),
    sound("R27", CROSS, CORS_ALLOW_ALL_ORIGINS=True, CORS_ALLOW_CREDENTIALS=False),
    sound(
        "R28",
        CROSS,
        CORS_ALLOWED_ORIGIN_REGEXES=[
            r"^https://(?:a|b(?:c|d))\.x\.com$",
            r"https://.+\.x\.com\Z",
            r"\Ahttps://[.|a]x\z",
        ],
    ),
    sound("R31", CROSS, CORS_ALLOWED_ORIGINS=["null"]),
    sound("R32", CROSS, MIDDLEWARE=["tests.Mine", *WITH_CORS]),
    sound("R33", CROSS, CORS_ALLOW_HEADERS=["Content-Type", "X-CSRFToken"]),
    sound("R33", SAME, CORS_ALLOW_HEADERS=[]),
    sound("R34", CROSS, MIDDLEWARE=settings.MIDDLEWARE, CORS_ALLOW_CREDENTIALS=False),
]
