"""The processes of the embedded profile, each supervised the same way.

    ensure_postgres, ensure_valkey, ensure_milvus, ensure_embedded_model    an address that answers
    start_all, stop_all, status_all                                         all of them at once

A service is started by whoever needs it first and keeps running until `stop_all`. All state is under `settings.home`.
"""

from services.embedded_model import ensure_embedded_model
from services.errors import ServiceError, ServiceFailed, ServiceMissing, ServiceTimeout
from services.fleet import fleet, start_all, status_all, stop_all
from services.milvus import ensure_milvus
from services.postgres import ensure_postgres
from services.service import Running, Service, ServiceStatus
from services.valkey import ensure_valkey

__all__ = [
    "Running",
    "Service",
    "ServiceError",
    "ServiceFailed",
    "ServiceMissing",
    "ServiceStatus",
    "ServiceTimeout",
    "ensure_embedded_model",
    "ensure_milvus",
    "ensure_postgres",
    "ensure_valkey",
    "fleet",
    "start_all",
    "status_all",
    "stop_all",
]
