"""The web application, for the server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.project.settings")
# A page waits this long for what somebody else is writing, then says so. Background work waits its turn without a limit.
os.environ.setdefault("PGOPTIONS", "-c lock_timeout=15s")
application = get_wsgi_application()
