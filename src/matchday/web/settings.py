"""Django over one file: no database, no accounts, no session; loopback only. Readable in a sitting."""

import secrets
from pathlib import Path

HERE = Path(__file__).parent

# A new key for each start: the cookies it signs are of no use afterwards.
SECRET_KEY = secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "matchday.web.urls"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, str]] = {}

MIDDLEWARE = [
    "matchday.web.guard.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "matchday.web.guard.KnownHost",
    "matchday.web.guard.LaunchToken",
    "matchday.web.guard.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "matchday.web.guard.Readable",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "matchday.web.frame.frame",
            ],
            "builtins": ["matchday.web.tags", "matchday.web.reasons"],
        },
    }
]

# Cookies hold no personal data: the launch token, the CSRF token, the what-if day, the language, a rate of exchange.
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "matchday.web.views.faults.csrf"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("ar", "العربية")]
LANGUAGE_COOKIE_NAME = "matchday-language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
LOCALE_PATHS = [HERE / "locale"]
FORMAT_MODULE_PATH = ["matchday.web.formats"]
USE_I18N = True
# A time is shown in the zone that it carries: Eastern, the person's own, or this machine's. Django would turn all to one.
USE_TZ = False
TIME_ZONE = None  # else Django would set the clock of the whole process to a zone of its own

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STATIC_ROOT = HERE / "static"
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 0
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
WHITENOISE_ALLOW_ALL_ORIGINS = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000  # the list of a long file is one form with four fields for each program
LOGGING_CONFIG = None
