"""Pay for the first call before somebody waits for it.

The first call loads a client library (half a second), starts the embedded server or has Ollama load the model (seconds
for a 7B). A one-token question does all three, with the same context length as the real one, so nothing reloads.
"""

from contextlib import aclosing

from models.chat import ChatModels
from models.deadline import Deadline
from models.errors import ModelError
from models.roles import PROBE, Role
from models.usage import Usage


async def warm(models: ChatModels, role: Role, deadline: Deadline) -> Usage | ModelError | None:
    """Ask the first endpoint of a role for one token; return what that cost, or the error: it is nobody's answer yet.

    None where the role has no endpoint.
    """
    for endpoint in (await models.ladder(role))[:1]:
        try:
            async with aclosing(models.stream(endpoint, [("user", "Hi")], deadline=deadline, sampling=PROBE)) as chunks:
                return [chunk async for chunk in chunks][-1].usage
        except ModelError as fault:
            return fault
    return None
