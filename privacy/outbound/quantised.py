"""An int8 copy of the PII model, made once and kept in a cache.

The model ships with 4-bit weights, which a CPU unpacks on every call. The same weights in 8 bits, multiplied as
integers, take half the time. A copy is keyed by the hash of its source, so a newer model never meets an older copy.
"""

import hashlib
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RECIPE = "int8-1"
"""Part of a copy's name; it changes when the way of making one does."""

log = logging.getLogger(__name__)


def fast_copy(source: Path, cache: Path | None) -> Path:
    """Return the path of an int8 copy of `source` in `cache`, made if it is not there.

    Without a cache, or where a copy cannot be made or written, return `source`: slower, with the same findings.
    """
    if cache is None:
        return source
    copy = cache / f"{source.stem}-{digest(source)}-{RECIPE}.onnx"
    if copy.is_file():
        return copy
    try:
        write_copy(source, copy)
    except (OSError, ImportError, ValueError) as error:
        log.warning("The PII model runs as it was shipped, at half the speed: no copy in %s (%s)", cache, error)
        return source
    return copy


def digest(source: Path) -> str:
    """Return the first 16 hex digits of the SHA-256 of a file."""
    return hashlib.sha256(source.read_bytes()).hexdigest()[:16]


def write_copy(source: Path, copy: Path) -> None:
    """Write an int8 copy of `source`, whole or not at all."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=copy.parent) as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        write_plain(source, plain)
        quantise(plain, small)
        os.replace(small, copy)  # noqa: PTH105 - one name for the atomic step that POSIX promises


def quantise(plain: Path, small: Path) -> None:
    """Write the int8 form of a model whose weights are floats.

    `reduce_range` leaves weights seven bits, which loses nothing of weights that had four, and keeps CPUs without VNNI
    from saturating when they add products of two bytes.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

    root = logging.getLogger()
    root.addFilter(about_preparation)  # it advises, on the root logger, to optimise a model that is optimised
    try:
        quantize_dynamic(
            str(plain),
            str(small),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            extra_options={"MatMulConstBOnly": True},
        )
    finally:
        root.removeFilter(about_preparation)


def about_preparation(record: logging.LogRecord) -> bool:
    """Tell whether a log record is about something else than preparing a model."""
    return not record.getMessage().startswith(("Please consider to run pre-processing", "Please check if the model"))


def write_plain(source: Path, plain: Path) -> None:
    """Write `source` with every 4-bit matrix unpacked to floats."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(source))
    packed = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type != "MatMulNBits":
            continue
        if len(node.input) != 3:
            raise ValueError(f"matrix {node.name} has zero points or an order, which this does not read")
        left, bits, scales = node.input
        sizes = {a.name: a.i for a in node.attribute}
        weights = unpack(numpy_helper.to_array(packed[bits]), numpy_helper.to_array(packed[scales]), sizes)
        model.graph.initializer.append(numpy_helper.from_array(weights, f"{bits}_float"))
        become_matmul(node, left, f"{bits}_float")
    drop_unused(model.graph)
    onnx.save(model, str(plain))


def unpack(bits: "NDArray[np.uint8]", scales: "NDArray[np.float32]", sizes: dict[str, int]) -> "NDArray[np.float32]":
    """Return the K x N floats of a packed matrix: two a byte, the low half first, around 8, a scale a block."""
    import numpy as np

    if sizes["bits"] != 4:
        raise ValueError(f"weights of {sizes['bits']} bits, not 4")
    rows, columns, block = sizes["N"], sizes["K"], sizes["block_size"]
    halves = np.stack([bits & 15, bits >> 4], axis=-1).astype(np.float32).reshape(rows, -1, block)
    floats = (halves - 8.0) * scales.reshape(rows, -1, 1)
    return np.ascontiguousarray(floats.reshape(rows, -1)[:, :columns].T, dtype=np.float32)


def become_matmul(node: Any, left: str, right: str) -> None:
    """Turn a node into a plain product of two named tensors."""
    node.op_type, node.domain = "MatMul", ""
    del node.attribute[:], node.input[:]
    node.input.extend([left, right])


def drop_unused(graph: Any) -> None:
    """Leave out the tensors that no node reads."""
    read = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in read]
    del graph.initializer[:]
    graph.initializer.extend(kept)
