"""EAIO's own Ollama, where the settings have it run one."""

from config.settings import Settings
from services.errors import ServiceError
from services.ollama_server import ensure_ollama, own_server
from telemetry.log import log


async def with_own_ollama(settings: Settings) -> Settings:
    """Return the settings with the address of EAIO's own Ollama, started where it does not run.

    Where it does not start they are returned as they are: whoever asks is told that nothing answers there.
    """
    try:
        service = own_server(settings)
        if service is None:
            return settings
        running = await ensure_ollama(service)
    except ServiceError as fault:
        log.error("EAIO's own Ollama does not run: %s", fault)
        return settings
    return settings.model_copy(update={"ollama_host": f"{running.host}:{running.port}"})
