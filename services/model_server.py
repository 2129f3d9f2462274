"""The process of the embedded chat model: `python -m services.model_server --home H --port P --model M ...`.

llama.cpp's own HTTP server, in this process. Prompts are never logged, and nothing of them is written to disk.
"""

import argparse
import signal

from services.embedded_model import MODEL
from services.service import HOST

SLOTS = 2  # one answer streams while one coordination step runs
HTTP_THREADS = 8  # a stream holds one for its whole length
PROMPT_CACHE_MIB = 64  # llama.cpp would take up to 8 GB


def serve(model: str, port: int, threads: int, context_tokens: int) -> None:
    """Serve `model` until SIGTERM or SIGINT; each of two requests at a time has `context_tokens`."""
    # Blocked before llama.cpp starts its threads, which inherit it: the signal then waits for sigwait below.
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    import xllamacpp  # type: ignore[import-untyped]

    params = xllamacpp.CommonParams()
    params.model.path = model
    params.model_alias = {MODEL}
    params.hostnames = [HOST]
    params.port = port
    params.n_parallel = SLOTS
    params.n_ctx = SLOTS * context_tokens
    params.fit_params = False  # it would shrink the context to what it guesses of the memory
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.n_threads_http = HTTP_THREADS
    params.cont_batching = True
    params.cache_prompt = True
    params.cache_ram_mib = PROMPT_CACHE_MIB
    params.ui = False
    params.endpoint_slots = False
    params.endpoint_props = False
    params.cors_origins = f"http://{HOST}"  # pages of other sites may not use it through the user's browser
    params.warmup = False  # the readiness probe writes the first token
    params.verbosity = 1
    server = xllamacpp.Server(params)
    print(f"{MODEL} at {server.listening_address}, {threads} threads, {context_tokens} tokens a slot", flush=True)
    signal.sigwait(ends)


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m services.model_server", description=__doc__)
    parser.add_argument("--home", required=True, help="whose server this is; shown in the list of processes")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--model", required=True, help="a GGUF file")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--ctx", type=int, required=True, help="tokens a slot")
    arguments = parser.parse_args()
    serve(arguments.model, arguments.port, arguments.threads, arguments.ctx)


if __name__ == "__main__":
    main()
