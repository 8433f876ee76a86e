"""Cases of the rules about the server: proxies, headers, stores, passwords, reports, order."""

from typing import Any

from django.core.checks import ERROR, WARNING
from django.utils.translation import gettext_lazy

from spa_auth.core.deployment import SameOrigin
from tests import settings

from .ask import APP, CROSS, LOCAL, SAME, SERVED, Case, sound, without, wrong

DIRECT = SameOrigin([APP], proxies=0)
LONG = "x" * 50
HASHERS = "django.contrib.auth.hashers."
VALIDATORS = "django.contrib.auth.password_validation."
OWN = "tests.core.checks.reporters."
SESSIONS = "django.contrib.sessions.backends."
AUTH = "django.contrib.auth.backends."
MIDDLEWARE = "django.contrib.auth.middleware."
ADMINS = ["ada@example.com"]


def validators(**options: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"NAME": f"{VALIDATORS}{name}Validator", "OPTIONS": given}
        for name, given in options.items()
    ]


def redis(location: str | list[str]) -> dict[str, Any]:
    backend = "django.core.cache.backends.redis.RedisCache"
    return {"default": {"BACKEND": backend, "LOCATION": location}}


WRONG: list[Case] = [
    wrong("E001", SAME, "'USER_FIELDS'", ERROR, SPA_AUTH={"USER_FIELD": []}),
    wrong("E001", None, "Known:", ERROR, SPA_AUTH={"zzz": 1}),
    wrong("E002", SAME, "proxies", ERROR, SPA_AUTH={"TRUSTED_PROXIES": "1"}),
    wrong("E003", SAME, "no field", ERROR, SPA_AUTH={"USER_FIELDS": ["x"]}),
    wrong("E003", SAME, "type", ERROR, SPA_AUTH={"USER_FIELDS": ["groups"]}),
    wrong("E004", None, "DjangoServed", ERROR),
    wrong("E005", None, "address", ERROR, SPA_AUTH={"LIMITS_REDIS": "localhost:6379"}),
    wrong("E005", None, "address", ERROR, SPA_AUTH={"LIMITS_REDIS": "http://localhost"}),
    wrong("E005", None, "address", ERROR, SPA_AUTH={"LIMITS_REDIS": "redis:///0"}),
    wrong("E005", None, "address", ERROR, SPA_AUTH={"LIMITS_REDIS": "redis://[::1/0"}),
    wrong("E005", None, "address", ERROR, SPA_AUTH={"LIMITS_REDIS": "unix://"}),
    wrong("E005", None, "address", ERROR, SPA_AUTH={"LIMITS_REDIS": 6379}),
    wrong("E006", None, "'task'", ERROR, SPA_AUTH={"MAIL_BY": "task"}),
    wrong("E007", None, "'Notes'", ERROR, SPA_AUTH={"ABILITIES": {"Notes": "Read"}}),
    wrong("E007", None, "no name", ERROR, SPA_AUTH={"ABILITIES": {'a"b': "Read"}}),
    wrong("E007", None, "no name", ERROR, SPA_AUTH={"ABILITIES": {1: "Read"}}),
    wrong("E007", None, "says nothing", ERROR, SPA_AUTH={"ABILITIES": {"notes": " "}}),
    wrong("E007", None, "says nothing", ERROR, SPA_AUTH={"ABILITIES": {"notes": 1}}),
    wrong("E010", SAME, "no field", ERROR, SPA_AUTH={"PROFILE_FIELDS": ["x"]}),
    wrong("E011", SAME, "'is_staff'", ERROR, SPA_AUTH={"PROFILE_FIELDS": ["is_staff"]}),
    wrong("E015", None, "is -1", ERROR, SPA_AUTH={"DELETE_AFTER_DAYS": -1}),
    wrong("E015", None, "is 3651", ERROR, SPA_AUTH={"DELETE_AFTER_DAYS": 3651}),
    wrong(
        "E015",
        None,
        "clearsessions",
        ERROR,
        SPA_AUTH={"DELETE_AFTER_DAYS": 30},
        INSTALLED_APPS=[name for name in settings.INSTALLED_APPS if name != "spa_auth.sessions"],
    ),
    wrong(
        "E015",
        None,
        "no field 'is_active'",
        ERROR,
        SPA_AUTH={"DELETE_AFTER_DAYS": 30},
        AUTH_USER_MODEL="people.ConstrainedUser",
    ),
    wrong(
        "E012",
        None,
        "no field",
        ERROR,
        SPA_AUTH={"SIGN_UP": True, "SIGN_UP_FIELDS": ["username", "x"]},
    ),
    wrong(
        "E012",
        None,
        "leaves out 'username'",
        ERROR,
        SPA_AUTH={"SIGN_UP": True, "SIGN_UP_FIELDS": []},
    ),
    wrong(
        "E012",
        None,
        "'password' of its own",
        ERROR,
        SPA_AUTH={"SIGN_UP": True, "SIGN_UP_FIELDS": ["username", "password"]},
    ),
    wrong(
        "E013",
        None,
        "'is_staff'",
        ERROR,
        SPA_AUTH={"SIGN_UP": True, "SIGN_UP_FIELDS": ["is_staff"]},
    ),
    wrong(
        "E013",
        None,
        "'password'",
        ERROR,
        SPA_AUTH={"SIGN_UP": True, "SIGN_UP_FIELDS": ["password"]},
    ),
    wrong(
        "W014",
        None,
        "tells whoever asks",
        WARNING,
        SPA_AUTH={"SIGN_UP": True, "VERIFY_EMAIL": False},
    ),
    wrong("R01", None, "5 characters", ERROR, SECRET_KEY="short"),
    wrong("R01", None, "0 characters", ERROR, SECRET_KEY=""),
    wrong("R01", None, "startproject", ERROR, SECRET_KEY=f"django-insecure-{LONG}"),
    wrong("R01", None, "never changed", ERROR, SECRET_KEY=LONG, SECRET_KEY_FALLBACKS=[LONG]),
    wrong("R02", SAME, "DEBUG", ERROR, DEBUG=True),
    wrong("R03", SAME, "['app.example.com']", ERROR, ALLOWED_HOSTS=["*"]),
    wrong("R04", SAME, "'.example.com'", WARNING, ALLOWED_HOSTS=[".example.com"]),
    wrong("R35", DIRECT, "proxies=1", ERROR, SECURE_PROXY_SSL_HEADER=("HTTP_X_P", "https")),
    wrong(
        "R35", SAME, "never finds", ERROR, SECURE_PROXY_SSL_HEADER=("X-Forwarded-Proto", "https")
    ),
    wrong("R36", SAME, "HTTP_X_FORWARDED_PROTO", ERROR, SECURE_PROXY_SSL_HEADER=None),
    wrong("R37", SAME, "= False", WARNING, USE_X_FORWARDED_HOST=True),
    wrong("R37", SAME, "host", ERROR, USE_X_FORWARDED_HOST=True, ALLOWED_HOSTS=[".example.com"]),
    wrong("R38", CROSS, "port 80", WARNING, SECURE_SSL_REDIRECT=True),
    wrong("R39", SAME, "31536000", WARNING, SECURE_HSTS_SECONDS=3600),
    wrong("R39", SAME, "sibling", WARNING, SECURE_HSTS_INCLUDE_SUBDOMAINS=False),
    wrong("R40", SAME, "by default", ERROR, REST_FRAMEWORK={}),
    wrong("R41", SAME, "by default", WARNING, REST_FRAMEWORK={}),
    wrong(
        "R45",
        SAME,
        "deactivated",
        ERROR,
        AUTHENTICATION_BACKENDS=[f"{AUTH}AllowAllUsersModelBackend"],
    ),
    wrong(
        "R45",
        SAME,
        "deactivated",
        ERROR,
        AUTHENTICATION_BACKENDS=[f"{AUTH}AllowAllUsersRemoteUserBackend"],
    ),
    wrong("R45", SAME, "header", WARNING, AUTHENTICATION_BACKENDS=[f"{AUTH}RemoteUserBackend"]),
    wrong(
        "R45",
        SAME,
        "header",
        ERROR,
        AUTHENTICATION_BACKENDS=[f"{AUTH}RemoteUserBackend"],
        MIDDLEWARE=[*settings.MIDDLEWARE, f"{MIDDLEWARE}RemoteUserMiddleware"],
    ),
    wrong(
        "R45", SAME, "keys", WARNING, AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.X"]
    ),
    wrong(
        "R46", None, "spa_auth.sessions.engine", ERROR, SESSION_ENGINE=f"{SESSIONS}signed_cookies"
    ),
    wrong("R47", None, "spa_auth.sessions.engine", WARNING, SESSION_ENGINE=f"{SESSIONS}cache"),
    wrong("R48", None, "spa_auth.sessions.engine", WARNING, SESSION_ENGINE=f"{SESSIONS}cached_db"),
    wrong("R49", None, "LocMemCache", ERROR, SESSION_ENGINE=f"{SESSIONS}cache"),
    wrong("R50", None, "unpickles", ERROR, SESSION_SERIALIZER=f"{OWN}Quick"),
    wrong("R50", None, "unpickles", ERROR, SESSION_SERIALIZER=f"{OWN}PickleSerializer"),
    wrong(
        "R50",
        None,
        "no password",
        ERROR,
        SESSION_ENGINE=f"{SESSIONS}cache",
        CACHES=redis("redis://cache:6379"),
    ),
    wrong(
        "R50",
        None,
        "no password",
        ERROR,
        SESSION_ENGINE=f"{SESSIONS}cache",
        CACHES=redis(["redis://:x@cache", "redis://other"]),
    ),
    wrong("R53", SAME, "proxies=2", ERROR, SPA_AUTH={"TRUSTED_PROXIES": 2}),
    wrong("R54", SAME, "any password", WARNING, AUTH_PASSWORD_VALIDATORS=[]),
    wrong(
        "R54",
        SAME,
        "6",
        WARNING,
        AUTH_PASSWORD_VALIDATORS=validators(MinimumLength={"min_length": 6}),
    ),
    wrong("R54", SAME, " 0 ", WARNING, AUTH_PASSWORD_VALIDATORS=validators(CommonPassword={})),
    wrong(
        "R54",
        SAME,
        "random digits",
        WARNING,
        AUTH_PASSWORD_VALIDATORS=validators(MinimumLength={}, NumericPassword={}),
    ),
    wrong(
        "R54",
        SAME,
        "190",
        WARNING,
        AUTH_PASSWORD_VALIDATORS=validators(MinimumLength={"min_length": 12}, CommonPassword={}),
    ),
    wrong("R55", SAME, "begins", ERROR, PASSWORD_HASHERS=[f"{HASHERS}MD5PasswordHasher"]),
    wrong(
        "R55",
        SAME,
        "BCryptPasswordHasher",
        WARNING,
        PASSWORD_HASHERS=[f"{HASHERS}{n}PasswordHasher" for n in ("PBKDF2", "BCrypt")],
    ),
    wrong("R56", SAME, "3600", WARNING, PASSWORD_RESET_TIMEOUT=7200),
    wrong("R57", SAME, "null", ERROR, SECURE_REFERRER_POLICY="no-referrer"),
    wrong("R57", SAME, "tokens", WARNING, SECURE_REFERRER_POLICY="same-origin, unsafe-url"),
    wrong("R57", SAME, "tokens", WARNING, SECURE_REFERRER_POLICY=["same-origin", "unsafe-url"]),
    wrong("R57", SAME, "tokens", WARNING, SECURE_REFERRER_POLICY=None),
    wrong("R59", SERVED, "without a policy", WARNING, WHITENOISE_ADD_HEADERS_FUNCTION=None),
    wrong(
        "R59",
        SAME,
        "nothing sends",
        WARNING,
        SECURE_CSP={"frame-ancestors": ["x"], "base-uri": ["x"], "default-src": ["x"]},
    ),
    wrong(
        "R59",
        SAME,
        "frame-ancestors, base-uri",
        WARNING,
        CONTENT_SECURITY_POLICY={"DIRECTIVES": {"default-src": ["'self'"]}},
    ),
    wrong("R60", SAME, "'DENY'", WARNING, X_FRAME_OPTIONS="SAMEORIGIN"),
    wrong("R60", SAME, "any page", WARNING, MIDDLEWARE=without("XFrameOptionsMiddleware")),
    wrong(
        "R61",
        SAME,
        "every page",
        WARNING,
        MIDDLEWARE=["django.middleware.cache.UpdateCacheMiddleware", *settings.MIDDLEWARE],
    ),
    wrong("R62", None, "every answer", WARNING, SESSION_SAVE_EVERY_REQUEST=True),
    wrong("R64", SAME, "2621440", WARNING, DATA_UPLOAD_MAX_MEMORY_SIZE=None),
    wrong("R64", SAME, "2621440", WARNING, DATA_UPLOAD_MAX_MEMORY_SIZE=10**7),
    wrong(
        "R65",
        SAME,
        "TOKEN",
        WARNING,
        ADMINS=ADMINS,
        DEFAULT_EXCEPTION_REPORTER_FILTER=f"{OWN}Weaker",
    ),
    wrong("R67", None, "'sid'", WARNING, ADMINS=ADMINS, SPA_AUTH={"DJANGO_SESSION_COOKIE": "sid"}),
    wrong("R68", LOCAL, "http://localhost:5173", ERROR),
    wrong("R75", None, "before", ERROR, MIDDLEWARE=without("BoundaryMiddleware")),
    wrong(
        "R75",
        None,
        "before",
        ERROR,
        MIDDLEWARE=[*without("BoundaryMiddleware"), "spa_auth.core.middleware.BoundaryMiddleware"],
    ),
    wrong(
        "R75",
        None,
        "Move Auth",
        ERROR,
        MIDDLEWARE=[f"{MIDDLEWARE}AuthenticationMiddleware", *without("AuthenticationMiddleware")],
    ),
    wrong(
        "R75",
        None,
        "Move Csrf",
        ERROR,
        CSRF_USE_SESSIONS=True,
        MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware", *without("CsrfViewMiddleware")],
    ),
    wrong("W001", SAME, "unique", WARNING),
    wrong("W002", SERVED, "npm run build", WARNING),
    wrong("W020", None, "spa_auth.sessions.engine", WARNING, SESSION_ENGINE=f"{SESSIONS}db"),
    wrong(
        "W021",
        None,
        "in its place",
        WARNING,
        MIDDLEWARE=[*without("SessionMiddleware"), f"{SESSIONS}SessionMiddleware"],
    ),
]

SOUND: list[Case] = [
    sound("E001", SAME, SPA_AUTH={"TRUSTED_PROXIES": 1}),
    sound("E002", SAME, SPA_AUTH={"zzz": 1, "TRUSTED_PROXIES": 1}),
    sound("E005", SAME, SPA_AUTH={"LIMITS_REDIS": "redis://127.0.0.1:6379/0"}),
    sound("E005", SAME, SPA_AUTH={"LIMITS_REDIS": "rediss://:secret@redis.example.com"}),
    sound("E005", SAME, SPA_AUTH={"LIMITS_REDIS": "unix:///run/redis.sock?db=1"}),
    sound("E003", SAME, SPA_AUTH={"USER_FIELDS": ["is_staff"]}),
    sound("E007", SAME, SPA_AUTH={"ABILITIES": {"notes:read": gettext_lazy("Read your notes")}}),
    sound("E007", SAME, SPA_AUTH={"ABILITIES": ["notes:read"]}),
    sound("E010", SAME, SPA_AUTH={"PROFILE_FIELDS": ["first_name"]}),
    sound("E015", SAME, SPA_AUTH={"DELETE_AFTER_DAYS": 30}),
    sound("E015", SAME, SPA_AUTH={"DELETE_AFTER_DAYS": "thirty"}),
    sound(
        "E012",
        None,
        SPA_AUTH={"SIGN_UP": True, "SIGN_UP_FIELDS": ["username", "email", "first_name"]},
    ),
    sound("E012", None, SPA_AUTH={"SIGN_UP_FIELDS": ["x"]}),
    sound("E012", None, SPA_AUTH={"SIGN_UP": True}, AUTH_USER_MODEL="people.EmailUser"),
    sound("E013", None, SPA_AUTH={"SIGN_UP": True, "SIGN_UP_FIELDS": ["username", "email"]}),
    sound("E013", None, SPA_AUTH={"SIGN_UP_FIELDS": ["is_staff"]}),
    sound("W014", None, SPA_AUTH={"SIGN_UP": True}),
    sound("W014", None, SPA_AUTH={"VERIFY_EMAIL": False}),
    sound("R68", SAME),
    sound("W002", SAME),
    sound("R36", LOCAL),
    sound("R38", SERVED, SECURE_SSL_REDIRECT=True),
    sound("R39", LOCAL, SECURE_HSTS_SECONDS=0),
    sound("R40", SAME, REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": []}),
    sound("R45", SAME, AUTHENTICATION_BACKENDS=[f"{AUTH}ModelBackend", "nowhere.Backend"]),
    sound("R49", None, SESSION_ENGINE=f"{SESSIONS}cache", CACHES=redis("redis://cache")),
    sound(
        "R50",
        None,
        SESSION_ENGINE=f"{SESSIONS}cache",
        CACHES=redis("redis://:x@cache,redis://localhost"),
    ),
    sound("R50", None, SESSION_SERIALIZER="nowhere.Serializer"),
    sound("R50", None, SESSION_SERIALIZER=f"{OWN}Counting"),
    sound("R54", SAME, AUTH_PASSWORD_VALIDATORS=[{"NAME": "shop.Strength"}]),
    sound("R54", SAME, AUTH_PASSWORD_VALIDATORS=validators(MinimumLength={}, CommonPassword={})),
    sound(
        "R54",
        SAME,
        AUTH_PASSWORD_VALIDATORS=validators(
            MinimumLength={"min_length": 15}, CommonPassword={"password_list_path": "x"}
        ),
    ),
    sound("R55", SAME, PASSWORD_HASHERS=[f"{HASHERS}PBKDF2PasswordHasher"]),
    sound("R55", SAME, PASSWORD_HASHERS=["nowhere.Hasher"]),
    sound("R56", SAME, PASSWORD_RESET_TIMEOUT=3600),
    sound("R57", SAME, SECURE_REFERRER_POLICY="no-referrer, same-origin"),
    sound(
        "R59",
        SAME,
        SECURE_CSP={"frame-ancestors": ["x"], "base-uri": ["x"], "object-src": ["x"]},
        MIDDLEWARE=[*settings.MIDDLEWARE, "django.middleware.csp.ContentSecurityPolicyMiddleware"],
    ),
    sound("R65", SAME, ADMINS=ADMINS),
    sound("R65", SAME, DEFAULT_EXCEPTION_REPORTER_FILTER=f"{OWN}Weaker"),
    sound("R65", SAME, ADMINS=ADMINS, DEFAULT_EXCEPTION_REPORTER_FILTER="nowhere.Filter"),
    sound("R67", None, ADMINS=ADMINS, SPA_AUTH={"DJANGO_SESSION_COOKIE": "session_key"}),
    sound("W021", None, SESSION_ENGINE=f"{SESSIONS}db", MIDDLEWARE=[]),
]
