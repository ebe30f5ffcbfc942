"""The engine of ONNX Runtime: weights and activations as 8-bit integers, on a CPU. Needs the extra ``onnx``.

Weights have one scale a column, kept in the file. Activations are scaled when they are known, each tensor as a whole: a text is therefore
computed alone, or its vector would depend on what is beside it.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.pipeline.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor, nn

    from lexfloor.models.engines import Features

QUANTIZED = ["MatMul", "Gemm", "Gather"]
"""What is computed in 8 bits: products of matrices; of the token embeddings only the storage is."""


class OnnxEngine:
    """Computes rows by a quantized graph."""

    single = True
    packed = False

    def __init__(self, path: Path) -> None:
        """Load the graph.

        Raises:
            ModelError: onnxruntime is not installed, or the file is no graph that it can run.
        """
        import torch

        require()
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = torch.get_num_threads()
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # its errors have no class in common but this
            raise ModelError(f"{path} cannot be run ({error}); remove the file: it is made again") from error
        self._inputs = [item.name for item in self._session.get_inputs()]

    def rows(self, features: Features) -> NDArray[np.float32]:
        """Return (n, width) float32."""
        found: NDArray[np.float32] = np.asarray(self._session.run(None, {name: features[name] for name in self._inputs})[0], np.float32)
        return found


def require() -> None:
    """Raise a `ModelError` that says what to install where the extra is missing."""
    try:
        import onnx  # noqa: F401 - only whether it is there
        import onnxruntime  # noqa: F401
    except ImportError as error:
        raise ModelError("precision int8 needs onnx and onnxruntime; install the extra: pip install 'lexfloor[onnx]', or choose another --precision") from error


def quantize(path: Path, module: nn.Module, compute: Callable[[dict[str, Tensor]], Tensor], example: Features) -> None:
    """Write the 8-bit graph of what ``compute`` does with a module in float32, whole or not at all.

    ``example`` is a batch of any size: names and kinds of the inputs are taken from it.

    Raises:
        ModelError: the extra is missing.
    """
    require()
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    names = list(example)

    class Traced(torch.nn.Module):
        """The module with tensors in place of a dictionary, as a graph takes them."""

        def __init__(self) -> None:
            super().__init__()
            self.module = module

        def forward(self, *values: Tensor) -> Tensor:
            return compute(dict(zip(names, values, strict=True)))

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".quantizing-") as folder:
        exact, shaped, small = (Path(folder) / f"{name}.onnx" for name in ("float32", "shaped", "int8"))
        axes = {name: {0: "texts", 1: "tokens"} for name in names} | {"rows": {0: "texts"}}
        tensors = tuple(torch.from_numpy(values) for values in example.values())
        with torch.inference_mode(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # tracing tells of every shape that it takes as given
            torch.onnx.export(Traced(), tensors, str(exact), input_names=names, output_names=["rows"], dynamic_axes=axes, opset_version=17, dynamo=False)
        quant_pre_process(exact, shaped, skip_optimization=True, skip_symbolic_shape=True)
        quantize_dynamic(shaped, small, op_types_to_quantize=QUANTIZED, per_channel=True, weight_type=QuantType.QInt8)
        small.replace(path)
