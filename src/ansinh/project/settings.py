"""Settings. Everything that differs between places comes from the environment; nothing secret stands here."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from ansinh.project.menu import ANSINH_MENU, ANSINH_OWN_MENU  # noqa: F401

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("ANSINH_HOME") or Path.cwd())
VAR = Path(os.environ.get("ANSINH_VAR") or HOME / "var")


# A query whose asker was killed ends by itself, and what it holds is free again.
_NOTICE_THE_DEAD = "-c client_connection_check_interval=2s" if sys.platform == "linux" else ""


def database(url: str) -> dict:
    """A DATABASE_URL (postgresql://user:password@host:port/name, or ?host=/socket/dir) as Django's dictionary."""
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or parse_qs(parts.query).get("port", [""])[0]),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, "options": f"{_NOTICE_THE_DEAD} {os.environ.get('PGOPTIONS', '')}".strip()},
    }


DATABASES = {
    "default": database(os.environ.get("DATABASE_URL", "postgresql:///ansinh")),
    "owner": database(os.environ.get("OWNER_DATABASE_URL", "postgresql:///ansinh")),
}
DATABASE_ROUTERS = ["ansinh.database.router.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = os.environ.get("ANSINH_DEBUG") == "1"
SECRET_KEY = os.environ.get("ANSINH_SECRET_KEY") or "only-for-tests-and-checks"
ALLOWED_HOSTS = os.environ.get("ANSINH_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ANSINH_DEMO = os.environ.get("ANSINH_DEMO") == "1"
ANSINH_TODAY = date.fromisoformat(os.environ["ANSINH_TODAY"]) if os.environ.get("ANSINH_TODAY") else None

ROOMS = [
    "database",
    "journal",
    "localities",
    "access",
    "pages",
    "files",
    "jobs",
    "lawbook",
    "imports",
    "people",
    "work",
    "documents",
    "dossiers",
    "entitlements",
    "assistance",
    "emergency",
    "payments",
    "watch",
    "petitions",
    "statistics",
    "web",
    "demo",
]
INSTALLED_APPS = [
    *(f"ansinh.{room}" for room in ROOMS),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "procrastinate.contrib.django",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ansinh.pages.security.ContentSecurityPolicy",
    "ansinh.pages.security.PlainText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ansinh.pages.preferences.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ansinh.access.middleware.ActAsPost",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "ansinh.project.urls"
WSGI_APPLICATION = "ansinh.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "ansinh.pages.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "access:login"
ANSINH_PASSWORD_URL = "access:change_password"
ANSINH_LOGOUT_URL = "access:logout"
ANSINH_SECOND_STEP_URL = "access:second_step"
# Deciding, paying and administering asks for a code of the telephone too. Only a demonstration may do without.
ANSINH_SECOND_STEP = not ANSINH_DEMO or os.environ.get("ANSINH_SECOND_STEP") == "on"
OTP_TOTP_ISSUER = "An sinh"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "access:login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "ansinh.web.accounts.attempts.name_tried"
AXES_CLIENT_IP_CALLABLE = "ansinh.web.accounts.attempts.address_of"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or whoever goes on guessing would lock the owner out for ever
AXES_LOCKOUT_CALLABLE = "ansinh.web.accounts.views.log_in.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_ENGINE = "ansinh.access.session_store"
SESSION_COOKIE_AGE = 8 * 3600
ANSINH_IDLE_SECONDS = int(os.environ.get("ANSINH_IDLE_SECONDS", "1800"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = os.environ.get("ANSINH_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ANSINH_ORIGINS", "").split(",") if o]
CSRF_FAILURE_VIEW = "ansinh.pages.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

ANSINH_FILES = VAR / "files"
ANSINH_HEADS = VAR / "journal-heads.log"
# Kinds of background work and the functions that do them; each is called with a RunningJob.
ANSINH_JOBS: dict[str, str] = {
    "commit_list": "ansinh.imports.background.commit_list",
    "draft_transitions": "ansinh.entitlements.background.draft_transition_lists",
    "paper_pdf": "ansinh.documents.background.make_pdf",
    "find_duplicates": "ansinh.people.background.look_for_duplicates",
    "look_over": "ansinh.watch.background.look_over_places",
    "payments_run": "ansinh.payments.background.run_month",
    "resolution_effect": "ansinh.entitlements.background.count_effect",
    "review_past": "ansinh.payments.background.review_past",
    "undo_list": "ansinh.imports.background.undo_list",
}
# Kinds of lists the rooms bring, in the order they are tried.
ANSINH_LISTS = [
    "ansinh.assistance.lists.ENROLMENTS",
    "ansinh.assistance.lists.ADJUSTMENTS",
    "ansinh.assistance.lists.ENDS",
    "ansinh.assistance.lists.CHANGES",
    "ansinh.payments.past.PAST_PAYMENTS",
]
# What a room above the ledger gave for the burial of a person: only the higher of two is paid.
ANSINH_OTHER_BURIAL = "ansinh.emergency.queries.burial_of"
# Papers the rooms print, with their fields and templates.
ANSINH_PAPERS = [
    "ansinh.entitlements.papers.DECISION",
    "ansinh.entitlements.papers.TRANSITION",
    "ansinh.documents.notice.NOTICE",
    "ansinh.dossiers.papers.POSTING",
    "ansinh.dossiers.papers.RECEIPT",
    "ansinh.dossiers.papers.COMPLETION",
    "ansinh.payments.papers.HANDOVER_MINUTES",
    "ansinh.emergency.papers.AID_DECISION",
    "ansinh.emergency.papers.AID_PROPOSAL",
    "ansinh.emergency.papers.AID_REPORT",
    "ansinh.emergency.papers.PROTECTION_DECISION",
    "ansinh.emergency.papers.FUND_NOTICE",
    "ansinh.emergency.papers.FORM_5A",
    "ansinh.emergency.papers.FORM_5B",
    "ansinh.emergency.papers.FORM_06",
    "ansinh.petitions.papers.ADMISSION",
    "ansinh.petitions.papers.NOT_ADMITTED",
    "ansinh.petitions.papers.TRANSFER",
    "ansinh.petitions.papers.DENUNCIATION_ADMITTED",
    "ansinh.petitions.papers.COMPLAINT_DECISION",
    "ansinh.petitions.papers.CONCLUSION",
    "ansinh.petitions.papers.RESULT",
]
# What else keeps last days, and reckons them anew when the holidays of a year are corrected.
ANSINH_LAST_DAYS = ["ansinh.petitions.operations.reckon_days"]
# Whose papers are opened by some of a place alone: noun → who may open that of a code.
ANSINH_PAPER_WALLS = {"petition": "ansinh.petitions.queries.may_open_papers"}
ANSINH_SEARCH_URL = "web:search"
ANSINH_CHOOSE_URL = "people:choosing"
# Pages of nouns that rooms below link to.
ANSINH_NOUNS = {
    "person": "web:person",
    "person_why": "web:explanation",
    "decision": "entitlements:decision",
    "dossier": "web:dossier",
    "duplicate": "web:duplicate",
    "payment_list": "payments:list",
    "handover": "payments:handover",
    "household": "people:household",
    "task": "work:task",
    "posting": "dossiers:posting",
    "aid_list": "emergency:list",
    "protection": "emergency:protection",
    "relief_fund": "emergency:fund",
    "petition": "petitions:petition",
    "batch": "imports:detail",
    "corrections": "watch:corrections",
    "wrong_decision": "watch:wrong_decision",
    "wrong_import": "watch:wrong_import",
    "resolution_examples": "entitlements:resolution_examples",
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "ansinh.project.logs.PlainFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # axes tells of each log-in with masked words: the journal has it already.
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "django.db.backends": {"level": "INFO"},  # below it stand queries with their parameters
    },
    "root": {"handlers": ["console"], "level": os.environ.get("ANSINH_LOG_LEVEL", "INFO")},
}
