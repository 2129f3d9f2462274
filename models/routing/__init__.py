"""Which models there are and what they are for: `config/llm_routing.yaml`, read and checked as a whole."""

from config.yaml_file import DocumentError
from models.routing.document import EndpointPart, Environment, RoutingDocument
from models.routing.file import Routing, fingerprint, load_routing

__all__ = ["DocumentError", "EndpointPart", "Environment", "Routing", "RoutingDocument", "fingerprint", "load_routing"]
